// A document as a word processor saves it: every corner is read, and what is no document is told in words.
#include "office_files/docx_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/text.h"
#include "contract/docx_file.h"
#include "office_files/package.h"
#include "support/source_dir.h"

#include "../fuzz/docx_fuzz.cpp"

namespace shide::office_files {
namespace {

using ports::DocumentPart;
using ports::DocumentPassage;
using testing::document_xml;
using testing::docx;
using testing::paragraph;
using testing::Parts;
using testing::run;
using testing::xml;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

std::vector<DocumentPassage> passages_of(const Parts& parts) {
  auto read = read_docx(docx(parts));
  EXPECT_TRUE(read) << read.error().phrase.code;
  return read ? read->passages : std::vector<DocumentPassage>{};
}

std::string refusal_of(const std::string& bytes) {
  auto read = read_docx(bytes);
  if (read) return "read";
  EXPECT_THAT(read.error().problems, ElementsAre(Problem{"document", read.error().phrase}));
  return read.error().phrase.code;
}

TEST(Docx_S98, ReadsTextAndTablesFromTopToBottom) {
  std::string table = "<w:tbl><w:tr><w:tc>" + paragraph(run("丁小满")) + "</w:tc><w:tc>" + paragraph(run("三(2)班")) + "</w:tc></w:tr></w:tbl>";
  EXPECT_THAT(passages_of({{"word/document.xml", document_xml(paragraph(run("上") + run("午")) + paragraph(run("路上")) + table + paragraph(run("回来")))}}),
              ElementsAre(DocumentPassage{DocumentPart::kBody, "上午\n路上"}, DocumentPassage{DocumentPart::kTable, "丁小满\n三(2)班"}, DocumentPassage{DocumentPart::kBody, "回来"}));
}

TEST(Docx_S98, ReadsHeadersNotesAndTextBoxes) {
  std::string box = "<w:r><w:pict><w:txbxContent>" + paragraph(run("框里")) + "</w:txbxContent></w:pict></w:r>";
  auto passages = passages_of({{"word/footnotes.xml", xml("footnotes", "<w:footnote>" + paragraph(run("脚注")) + "</w:footnote>")},
                               {"word/header1.xml", xml("hdr", paragraph(run("页眉")))},
                               {"word/document.xml", document_xml(paragraph(run("前") + box + run("后")) + paragraph(box))},
                               {"word/footer1.xml", xml("ftr", paragraph(run("页脚")))},
                               {"word/endnotes.xml", xml("endnotes", "<w:endnote>" + paragraph(run("尾注")) + "</w:endnote>")}});
  EXPECT_THAT(passages, ElementsAre(DocumentPassage{DocumentPart::kBody, "前后"}, DocumentPassage{DocumentPart::kTextBox, "框里"}, DocumentPassage{DocumentPart::kHeader, "页眉"},
                                    DocumentPassage{DocumentPart::kFooter, "页脚"}, DocumentPassage{DocumentPart::kFootnote, "脚注"}, DocumentPassage{DocumentPart::kEndnote, "尾注"}))
      << "a text box saved twice is told once";
}

TEST(Docx_S98, TellsWhatIsStruckOutHiddenOrSaidBeside) {
  std::string body = paragraph(run("她叫") + "<w:ins w:author=\"沈若楠\">" + run("小满") + "</w:ins><w:del w:author=\"叶青\"><w:r><w:delText>丁</w:delText></w:r></w:del>"
                               "<w:del w:author=\"叶青\"><w:r><w:delText>小满</w:delText></w:r></w:del>" + run("看不见", "<w:vanish/>") + run("看得见", "<w:vanish w:val=\"0\"/>"));
  std::string field = paragraph("<w:r><w:instrText>HYPERLINK mailto:a@b.cn</w:instrText></w:r>");
  auto passages = passages_of({{"word/document.xml", document_xml(body + field)}, {"word/comments.xml", xml("comments", "<w:comment w:author=\"林晓\">" + paragraph(run("电话13800000000")) + "</w:comment>")}});
  EXPECT_THAT(passages, ElementsAre(DocumentPassage{DocumentPart::kBody, "她叫小满看得见"}, DocumentPassage{DocumentPart::kComment, "电话13800000000"},
                                    DocumentPassage{DocumentPart::kDeleted, "丁小满"}, DocumentPassage{DocumentPart::kHidden, "看不见\nHYPERLINK mailto:a@b.cn"},
                                    DocumentPassage{DocumentPart::kAuthor, "林晓"}, DocumentPassage{DocumentPart::kAuthor, "沈若楠"}, DocumentPassage{DocumentPart::kAuthor, "叶青"}))
      << "authors in the order of the parts, each once";
}

TEST(Docx_S98, TellsPropertiesAndTheNamesOfWhatIsAttached) {
  std::string core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:creator>沈若楠</dc:creator><cp:lastModifiedBy>叶青</cp:lastModifiedBy><dc:title>丁小满家访</dc:title></cp:coreProperties>";
  std::string app = "<Properties xmlns=\"p\"><Company>庙桥小学</Company><Pages>2</Pages></Properties>";
  std::string custom = "<Properties xmlns=\"p\" xmlns:vt=\"v\"><property name=\"学生\"><vt:lpwstr>丁小满</vt:lpwstr></property></Properties>";
  std::string links = "<Relationships xmlns=\"r\"><Relationship Id=\"1\" Target=\"file:///C:/%E4%B8%81.jpg\" TargetMode=\"External\"/><Relationship Id=\"2\" Target=\"header1.xml\"/></Relationships>";
  auto read = read_docx(docx({{"word/document.xml", document_xml(paragraph(run("正文") + "<w:r><w:docPr name=\"图片 1\" descr=\"丁小满和奶奶\"/></w:r>"))},
                              {"docProps/core.xml", core}, {"docProps/app.xml", app}, {"docProps/custom.xml", custom}, {"word/_rels/document.xml.rels", links},
                              {"word/media/ding.jpg", "bytes"}, {"word/embeddings/list.xlsx", "bytes"}, {"docProps/thumbnail.jpeg", "bytes"},
                              {"customXml/item1.xml", "<x><name>欧阳雪</name></x>"}}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->attachments, 2u);
  for (const DocumentPassage& expected : {DocumentPassage{DocumentPart::kAuthor, "沈若楠"}, {DocumentPart::kAuthor, "叶青"}, {DocumentPart::kCompany, "庙桥小学"},
                                          {DocumentPart::kProperty, "丁小满家访"}, {DocumentPart::kProperty, "学生"}, {DocumentPart::kProperty, "丁小满"}, {DocumentPart::kProperty, "欧阳雪"},
                                          {DocumentPart::kAttachment, "丁小满和奶奶"}, {DocumentPart::kAttachment, "file:///C:/丁.jpg"}, {DocumentPart::kAttachment, "ding.jpg"}}) {
    EXPECT_THAT(read->passages, Contains(expected));
  }
  EXPECT_THAT(read->passages, Not(Contains(DocumentPassage{DocumentPart::kProperty, "2"})));
}

TEST(Docx_S98, SaysWhatIsNoDocument) {
  EXPECT_EQ(refusal_of(""), "document.not_docx");
  EXPECT_EQ(refusal_of("只是文字"), "document.not_docx");
  EXPECT_EQ(refusal_of(docx({{"xl/workbook.xml", xml("workbook", "")}})), "document.not_docx");
  std::string old_file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2000, '\0');
  EXPECT_EQ(refusal_of(old_file), "document.old_doc");
  std::string wide;
  for (char c : std::string("EncryptedPackage")) wide += std::string{c, '\0'};
  EXPECT_EQ(refusal_of(old_file + wide), "document.encrypted");
  EXPECT_EQ(refusal_of(std::string(ports::kMaximumDocumentBytes + 1, 'P')), "document.too_large");
}

TEST(Docx_S98, SaysWhatIsDamagedAndNeverReadsHalf) {
  std::string whole = docx({{"word/document.xml", document_xml(paragraph(run("正文")))}});
  ASSERT_EQ(refusal_of(whole), "read");
  for (std::size_t size = 4; size < whole.size(); ++size) EXPECT_EQ(refusal_of(whole.substr(0, size)), "document.broken") << size;
  EXPECT_EQ(refusal_of(docx({{"word/document.xml", "<w:document xmlns:w=\"w\"><w:p>"}})), "document.broken");
  EXPECT_EQ(refusal_of(docx({{"word/document.xml", document_xml("")}, {"word/comments.xml", "<comments><"}})), "document.broken");
}

TEST(Docx_S98, RefusesADocumentType) {
  std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>" "<w:document xmlns:w=\"w\"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
  std::string outside = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><w:document xmlns:w=\"w\"><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>";
  EXPECT_EQ(refusal_of(docx({{"word/document.xml", laughs}})), "document.broken");
  EXPECT_EQ(refusal_of(docx({{"word/document.xml", outside}})), "document.broken");
}

TEST(Docx_S98, RefusesABombHoweverItIsPacked) {
  EXPECT_EQ(refusal_of(docx({{"word/document.xml", document_xml(std::string(8 << 20, ' '))}})), "document.bomb") << "by its ratio";
  Parts many(kMostParts + 1, {"", "x"});
  for (std::size_t i = 0; i < many.size(); ++i) many[i].first = "word/media/" + std::to_string(i) + ".png";
  EXPECT_EQ(refusal_of(docx(many)), "document.bomb") << "by its parts";
  std::string lying = docx({{"word/document.xml", document_xml(std::string(8 << 20, ' '))}});
  for (std::size_t at = lying.find("PK\1\2"); at != std::string::npos; at = lying.find("PK\1\2", at + 1)) lying.replace(at + 24, 4, std::string(4, '\0'));
  EXPECT_EQ(refusal_of(lying), "document.bomb") << "by what comes out, whatever its directory says";
}

TEST(Docx_S98, RefusesMoreTextThanAnybodyReads) {
  std::string noise;  // hard to pack, so that no bomb is seen
  for (unsigned i = 0, state = 1; i < 400'000; ++i) noise += to_utf8(static_cast<char32_t>(0x4E00 + ((state = state * 1664525 + 1013904223) >> 16) % 8000));
  EXPECT_EQ(refusal_of(docx({{"word/document.xml", document_xml(paragraph(run(noise)))}})), "document.too_long");
}

TEST(Docx_S98, KeepsEmojiMarksAndOtherScripts) {
  EXPECT_THAT(passages_of({{"word/document.xml", document_xml(paragraph(run("👨‍👩‍👧 ئالىم \u200fabc\u200d")) + paragraph("") + paragraph(run("&lt;b&gt;")))}}),
              ElementsAre(DocumentPassage{DocumentPart::kBody, "👨‍👩‍👧 ئالىم \u200fabc\u200d\n<b>"}));
}

TEST(DocxFuzz, TheCorpusHoldsNoSurpriseNeitherWholeNorScrambled) {
  std::mt19937 random(98);
  int files = 0;
  auto feed = [](const std::string& bytes) { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()); };
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() / "tests/fuzz/corpus/docx")) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    feed(bytes);
    for (int round = 0; round < 200; ++round) {
      std::string scrambled = bytes;
      for (int i = 0; i < 3; ++i) scrambled[random() % scrambled.size()] = static_cast<char>(random());
      feed(scrambled);
    }
    ++files;
  }
  EXPECT_GE(files, 12);
}

}  // namespace
}  // namespace shide::office_files
