// A spreadsheet as an office program reads it: every cell a string, whatever was typed.
#include "office_files/office_files.h"

#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace shide::office_files {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string part_of(const std::string& file, const std::string& name) {
  std::istringstream bytes(file);
  Poco::Zip::ZipArchive archive(bytes);
  auto header = archive.findHeader(name);
  if (header == archive.headerEnd()) return {};
  bytes.clear();
  Poco::Zip::ZipInputStream part(bytes, header->second);
  return {std::istreambuf_iterator<char>(part), {}};
}

std::size_t count(const std::string& text, std::string_view word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++found;
  return found;
}

TEST(Spreadsheet_S111, ShowsWhatWasTypedAndRunsNothingOfIt) {
  auto file = OfficeFiles().spreadsheet({"档案", {"姓名", "内容"}, {{"=cmd|' /C calc'!A0", "+1+1"}, {"@SUM(1)", "-2"}, {"=HYPERLINK(\"http://x\")", "𬭎 & <b>"}, {"http://x.example", "2021-01"}}});
  ASSERT_TRUE(file);
  std::string sheet = part_of(*file, "xl/worksheets/sheet1.xml"), strings = part_of(*file, "xl/sharedStrings.xml");
  EXPECT_EQ(count(sheet, "<c "), 10u);
  EXPECT_EQ(count(sheet, " t=\"s\""), 10u);
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  EXPECT_THAT(sheet, Not(HasSubstr("hyperlink")));
  for (const char* shown : {"姓名", "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "-2", "𬭎 &amp; &lt;b&gt;", "2021-01"}) EXPECT_THAT(strings, HasSubstr(shown));
  EXPECT_THAT(part_of(*file, "xl/workbook.xml"), HasSubstr("name=\"档案\""));
}

TEST(Spreadsheet_S111, WithoutRowsIsItsHead) {
  auto file = OfficeFiles().spreadsheet({"Empty", {"Name"}, {}});
  ASSERT_TRUE(file);
  EXPECT_THAT(part_of(*file, "xl/sharedStrings.xml"), HasSubstr("Name"));
}

TEST(Spreadsheet_S111, WhatTheFormatCannotHoldIsAnErrorNotHalfAFile) {
  EXPECT_FALSE(OfficeFiles().spreadsheet({"a/b", {"Name"}, {}}));
  EXPECT_FALSE(OfficeFiles().spreadsheet({"Long", {"Name"}, {{std::string(40'000, 'x')}}}));
}

TEST(Docx_D12, IsReadBackAsItWasWritten) {
  const std::vector<std::string> paragraphs = {"一段 & <b>，𬭎。", "  前后有空格  ", "带\x01控制符"};
  auto file = OfficeFiles().docx("标题", paragraphs);
  ASSERT_TRUE(file);
  auto read = OfficeFiles().read_docx(*file);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->passages.size(), 1u) << "no author, no properties";
  EXPECT_EQ(read->passages[0].part, ports::DocumentPart::kBody);
  EXPECT_EQ(read->passages[0].text, "标题\n一段 & <b>，𬭎。\n  前后有空格  \n带控制符");
  EXPECT_EQ(count(part_of(*OfficeFiles().docx("", {}), "word/document.xml"), "<w:p>"), 0u);
}

ports::PrintedForm form_of(const std::string& narrative) {
  ports::PrintedForm form{"附件3", "记录表", "学校：青榆小学", {}, {"签名："}, "取出", "018f0000-0000-7000-8000-0000000000aa"};
  form.boxes = {{"班级", "三(1)班", {}, true}, {"学生姓名", "𬭎 & <b>", {}, true}, {"家访过程", narrative, {}, false, 3}};
  return form;
}

TEST(FormDocx_S102, IsATableOfLabelsAndWordsWithItsMarkAndNobodysName) {
  auto file = OfficeFiles().form_docx(form_of("一段。\n二段\x01。"));
  ASSERT_TRUE(file) << file.error().detail;
  std::string document = part_of(*file, "word/document.xml");
  EXPECT_EQ(count(document, "<w:tr>"), 2u);
  EXPECT_EQ(count(document, "<w:tc>"), 6u) << "two halves share a row";
  for (const char* shown : {"𬭎 &amp; &lt;b&gt;", ">一段。<", ">二段。<", "签名：____"}) EXPECT_THAT(document, HasSubstr(shown));
  EXPECT_THAT(document, HasSubstr("w:name=\"_shide_018f00000000700080000000000000aa\""));
  EXPECT_THAT(part_of(*file, "docProps/custom.xml"), HasSubstr("018f0000-0000-7000-8000-0000000000aa"));
  EXPECT_THAT(part_of(*file, "word/footer1.xml"), HasSubstr("取出"));
  EXPECT_EQ(part_of(*file, "docProps/core.xml"), "") << "no author, no times";
  EXPECT_EQ(*OfficeFiles().form_docx(form_of("一段。\n二段\x01。")), *file);
}

TEST(FormDocx_D11, ReadsBackWhatItWroteAndIsKnownByEitherMark) {
  ports::PrintedForm form = form_of("一段。\n二段。");
  form.state = "3 narrative:1f2e3d4c5b6a7988";
  auto read = OfficeFiles().read_form(*OfficeFiles().form_docx(form));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->mark, form.mark);
  EXPECT_EQ(read->state, form.state);
  std::vector<std::vector<std::string>> rows = {{"班级", "三(1)班", "学生姓名", "𬭎 & <b>"}, {"家访过程", "一段。\n二段。"}};
  EXPECT_EQ(read->rows, rows);
}

std::string docx_with(const std::string& body) {
  return *OfficeFiles().archive({{"word/document.xml", "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + body + "</w:body></w:document>"}});
}
std::string row(const std::string& label, const std::string& content) {
  return "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>" + label + "</w:t></w:r></w:p></w:tc><w:tc>" + content + "</w:tc></w:tr></w:tbl>";
}

TEST(FormDocx_D11, WhatIsStruckOutOrHiddenIsNoAnswerAndWhatWasPutInIs) {
  std::string content = "<w:p><w:ins w:author=\"a\"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:author=\"a\"><w:r><w:delText>旧</w:delText></w:r></w:del>"
                        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>的话</w:t><w:br/><w:t>二行</w:t></w:r></w:p>";
  auto read = OfficeFiles().read_form(docx_with(row("家访过程", content) + "<w:bookmarkStart w:id=\"0\" w:name=\"_shide_018f00000000700080000000000000aa\"/>"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->mark, "018f0000-0000-7000-8000-0000000000aa") << "the properties are gone";
  EXPECT_EQ(read->state, "");
  std::vector<std::vector<std::string>> rows = {{"家访过程", "新的话\n二行"}};
  EXPECT_EQ(read->rows, rows);
}

TEST(FormDocx_D11, ATableInACellIsThatCellsWords) {
  auto read = OfficeFiles().read_form(docx_with(row("家访过程", row("甲", "<w:p><w:r><w:t>乙</w:t></w:r></w:p>") + "<w:p/>")));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->rows.size(), 1u);
  EXPECT_EQ(read->rows[0].size(), 2u);
  EXPECT_EQ(read->rows[0][1], "甲\n乙");
}

TEST(FormDocx_D11, WhatIsNoDocumentOrTooMuchIsRefusedAsEverywhere) {
  EXPECT_EQ(OfficeFiles().read_form("no zip").error().phrase.code, "document.not_docx");
  EXPECT_EQ(OfficeFiles().read_form(*OfficeFiles().archive({{"a.txt", "x"}})).error().phrase.code, "document.not_docx");
  EXPECT_EQ(OfficeFiles().read_form(docx_with("<w:p>")).error().phrase.code, "document.broken");
  std::string many;
  for (int i = 0; i < 2100; ++i) many += "<w:tr><w:tc><w:p><w:r><w:t>" + std::to_string(i * 7919 % 100003) + "</w:t></w:r></w:p></w:tc></w:tr>";
  EXPECT_EQ(OfficeFiles().read_form(docx_with("<w:tbl>" + many + "</w:tbl>")).error().phrase.code, "document.too_long");
}

TEST(FormPdf_S102, GoesOnOverThePagesItsWordsTake) {
  auto pages = [](const std::string& pdf) { return count(pdf, "/Type /Page\n") + count(pdf, "/Type /Page "); };
  auto one = OfficeFiles().form_pdf(form_of("一段。"));
  ASSERT_TRUE(one) << one.error().detail;
  EXPECT_THAT(*one, ::testing::StartsWith("%PDF-"));
  EXPECT_EQ(pages(*one), 1u);
  std::string words;
  for (int i = 0; i < 400; ++i) words += "先说孩子的长处，再一起看作业和书桌。";
  auto many = OfficeFiles().form_pdf(form_of(words));
  ASSERT_TRUE(many);
  EXPECT_GT(pages(*many), 4u);
  auto no_words = OfficeFiles().form_pdf({});
  ASSERT_TRUE(no_words);
  EXPECT_EQ(pages(*no_words), 1u);
}

TEST(TablePdf_S99, GoesOnOverThePagesAndRefusesAListWithoutColumns) {
  ports::PrintedTable table{"附件2", "三年级组被访学生名单", {"班级", "被访学生"}, {}, {14, 20}, "林婉如取出"};
  auto pages = [](const std::string& pdf) { return count(pdf, "/Type /Page\n") + count(pdf, "/Type /Page "); };
  table.rows.resize(20, {"三(1)班", "𬭚小满"});
  auto one = OfficeFiles().table_pdf(table);
  ASSERT_TRUE(one) << one.error().detail;
  EXPECT_EQ(pages(*one), 1u);
  table.rows.resize(100);
  EXPECT_GT(pages(*OfficeFiles().table_pdf(table)), 2u);
  EXPECT_FALSE(OfficeFiles().table_pdf({}));
}

TEST(Archive_D10, HoldsItsFilesAndTheSameFilesAreTheSameBytes) {
  const std::vector<ports::ArchivedFile> files = {{"a.txt", "甲"}, {"b.html", std::string(100'000, 'x')}, {"empty.txt", ""}};
  auto file = OfficeFiles().archive(files);
  ASSERT_TRUE(file);
  for (const auto& one : files) EXPECT_EQ(part_of(*file, one.name), one.bytes) << one.name;
  EXPECT_LT(file->size(), 2'000u) << "packed";
  EXPECT_EQ(*OfficeFiles().archive(files), *file);
}

TEST(Archive_D10, OneNameTwiceIsAnErrorNotALostFile) { EXPECT_FALSE(OfficeFiles().archive({{"a.txt", "1"}, {"a.txt", "2"}})); }

}  // namespace
}  // namespace shide::office_files
