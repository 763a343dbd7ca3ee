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
