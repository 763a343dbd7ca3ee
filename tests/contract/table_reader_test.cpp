// Tables as schools have them: what stands in a cell comes as the text one sees, and what is no table is told in words.
#include "office_files/table_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/text.h"
#include "contract/xlsx_file.h"
#include "office_files/office_files.h"
#include "office_files/sheet_parts.h"
#include "support/source_dir.h"

#define LLVMFuzzerTestOneInput read_any_table  // one program, several targets
#include "../fuzz/table_fuzz.cpp"

namespace shide::office_files {
namespace {

using ports::Table;
using testing::PlantedSheet;
using testing::xlsx;
using ::testing::ElementsAre;

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& bytes) {
  auto read = read_tables(bytes);
  EXPECT_TRUE(read) << read.error().phrase.code;
  return read && read->size() == 1 ? read->front().rows : Rows{};
}

Phrase refusal_of(const std::string& bytes) {
  auto read = read_tables(bytes);
  if (read) return {"read"};
  EXPECT_THAT(read.error().problems, ElementsAre(Problem{"table", read.error().phrase}));
  return read.error().phrase;
}

TEST(Table_S99, ReadsSharedAndInlineStringsNumbersAndGaps) {
  std::string rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><r><t>丁</t></r><r><t>小满</t></r><rPh><t>ding</t></rPh></is></c></row>"
                     "<row r=\"3\"><c r=\"B3\"><v>7</v></c><c r=\"C3\" t=\"str\"><f>A1&amp;1</f><v>姓名1</v></c><c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"e\"><v>#N/A</v></c></row>";
  auto read = read_tables(xlsx({.rows = rows, .strings = {"  姓　名 "}, .tab = "名单 &amp; 分组"}));
  ASSERT_TRUE(read);
  EXPECT_THAT(*read, ElementsAre(Table{"名单 & 分组", {{"姓 名", "", "丁小满"}, {}, {"", "7", "姓名1", "TRUE", "#N/A"}}}));
}

TEST(Table_S100, GivesATelephoneNumberAllItsDigits) {
  EXPECT_EQ(plain_digits("13812345678"), "13812345678");
  EXPECT_EQ(plain_digits("1.3812345678E10"), "13812345678");
  EXPECT_EQ(plain_digits("1.38E+10"), "13800000000");
  EXPECT_EQ(plain_digits("3.2048120100912101E+17"), "320481201009121010");
  EXPECT_EQ(plain_digits("1.5E-3"), "0.0015");
  EXPECT_EQ(plain_digits("-12.50"), "-12.5");
  EXPECT_EQ(plain_digits("007"), "7");
  EXPECT_EQ(plain_digits(""), "");
  EXPECT_EQ(plain_digits("1E999"), "1E999");
  EXPECT_EQ(plain_digits("12abc"), "12abc");
  EXPECT_EQ(rows_of(xlsx({.rows = "<row><c><v>1.3812345678E10</v></c></row>"})), (Rows{{"13812345678"}}));
}

TEST(Table_S99, ShowsDaysByTheirStyle) {
  std::string styles = "<numFmts><numFmt numFmtId=\"200\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/><numFmt numFmtId=\"201\" formatCode=\"0.00_);[Red]\\(0.00\\)\"/></numFmts>"
                       "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"200\"/><xf numFmtId=\"201\"/><xf numFmtId=\"22\"/></cellXfs>";
  std::string rows = "<row><c><v>44219</v></c><c s=\"1\"><v>44219</v></c><c s=\"2\"><v>44219</v></c><c s=\"3\"><v>44219</v></c><c s=\"4\"><v>44219.75</v></c><c s=\"9\"><v>1</v></c></row>";
  EXPECT_EQ(rows_of(xlsx({.rows = rows, .styles = styles})), (Rows{{"44219", "2021-01-23", "2021-01-23", "44219", "2021-01-23 18:00", "1"}}));
  EXPECT_EQ(rows_of(xlsx({.rows = "<row><c s=\"1\"><v>42757</v></c></row>", .styles = styles, .workbook_properties = "<workbookPr date1904=\"1\"/>"})), (Rows{{"2021-01-23"}}));
  EXPECT_EQ(day_of_number("1", false), "1900-01-01");
  EXPECT_EQ(day_of_number("-1", false), "-1");
  EXPECT_EQ(day_of_number("99999999", false), "99999999");
}

TEST(Table_S99, FillsMergedAreas) {
  std::string rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\" t=\"s\"><v>2</v></c></row>";
  std::string merged = "<mergeCell ref=\"A1:A3\"/><mergeCell ref=\"B2:C2\"/><mergeCell ref=\"Z9:Z10\"/><mergeCell ref=\"nonsense\"/>";
  EXPECT_EQ(rows_of(xlsx({.rows = rows, .strings = {"三(1)班", "丁小满", "叶青"}, .merged = merged})), (Rows{{"三(1)班", "丁小满"}, {"三(1)班", "叶青", "叶青"}}));
}

TEST(Table_S99, ReadsBackWhatTheHouseWrites) {
  auto file = OfficeFiles().spreadsheet({"名单", {"班级", "姓名"}, {{"三(1)班", "𬭚小满"}, {"", "=1+1"}}});
  ASSERT_TRUE(file);
  EXPECT_EQ(rows_of(*file), (Rows{{"班级", "姓名"}, {"三(1)班", "𬭚小满"}, {"", "=1+1"}}));
}

TEST(Table_S100, AListThatIsHandedInIsReadBackAsItWasPrinted) {
  auto file = OfficeFiles().printed_table({"附件2", "三年级组被访学生名单", {"班级", "被访学生", "联系方式"}, {{"三(1)班", "𬭚小满", "13800000001"}, {"", "", ""}}, {14, 14, 18}, "林婉如取出"});
  ASSERT_TRUE(file);
  EXPECT_EQ(rows_of(*file), (Rows{{"附件2"}, {"三年级组被访学生名单", "三年级组被访学生名单", "三年级组被访学生名单"}, {"班级", "被访学生", "联系方式"}, {"三(1)班", "𬭚小满", "13800000001"}, {}, {"林婉如取出"}}));
  EXPECT_FALSE(OfficeFiles().printed_table({"", "", {"班级"}, {}, {}, ""}));
}

// 班级,姓名 / 三(1)班,丁小满 in GB18030, as office programs in China save a csv.
const std::string kGb = "\xB0\xE0\xBC\xB6,\xD0\xD5\xC3\xFB\r\n\xC8\xFD(1)\xB0\xE0,\xB6\xA1\xD0\xA1\xC2\xFA\r\n";

TEST(Table_S99, ReadsTextInTheEncodingsOfOfficePrograms) {
  const Rows expected{{"班级", "姓名"}, {"三(1)班", "丁小满"}};
  std::string utf8 = "班级,姓名\n三(1)班,丁小满\n";
  EXPECT_EQ(rows_of(utf8), expected);
  EXPECT_EQ(rows_of("\xEF\xBB\xBF" + utf8), expected);
  EXPECT_EQ(rows_of(kGb), expected);
  std::string utf16 = "\xFF\xFE";
  for (char32_t c : to_code_points(utf8)) utf16 += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
  EXPECT_EQ(rows_of(utf16), expected);
}

TEST(Table_S99, ReadsSeparatedValues) {
  EXPECT_EQ(rows_of("姓名;电话\n丁,小满;138"), (Rows{{"姓名", "电话"}, {"丁,小满", "138"}}));
  EXPECT_EQ(rows_of("姓名\t备注\r\n丁小满\t\"两行\n和一个\"\"引号\"\"\"\n\n叶青\n"), (Rows{{"姓名", "备注"}, {"丁小满", "两行 和一个\"引号\""}, {}, {"叶青"}}));
  EXPECT_EQ(rows_of("只有一列\n第二行"), (Rows{{"只有一列"}, {"第二行"}}));
  EXPECT_EQ(rows_of("a,5\" 屏\n,b"), (Rows{{"a", "5\" 屏"}, {"", "b"}}));
}

TEST(Table_S99, SaysWhatIsNoTable) {
  EXPECT_EQ(refusal_of("\xFF\xD8\xFF\xE0 a photo \x80\xFF").code, "table.not_table");
  EXPECT_EQ(refusal_of("").code, "table.empty");
  EXPECT_EQ(refusal_of(" \n\t\n").code, "table.empty");
  EXPECT_EQ(refusal_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an .xls of 1997").code, "table.old_xls");
  EXPECT_EQ(refusal_of(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + std::string("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32)).code, "table.encrypted");
  EXPECT_EQ(refusal_of("\xEF\xBB\xBF <HTML><table><tr><td>姓名").code, "table.disguised");
  EXPECT_EQ(refusal_of("<?xml version=\"1.0\"?><Workbook/>").code, "table.disguised");
  EXPECT_EQ(refusal_of(testing::docx({{"word/document.xml", "<a/>"}})).code, "table.not_table");
  EXPECT_EQ(refusal_of(testing::docx({{"xl/workbook.bin", "."}})).code, "table.old_xls");
  EXPECT_EQ(refusal_of(xlsx({.rows = ""})).code, "table.empty");
  EXPECT_EQ(refusal_of(xlsx({.rows = "<row><c></row>"})).code, "table.broken");
  EXPECT_EQ(refusal_of(xlsx({.rows = "<row><c><v>1</v></c></row>"}).substr(0, 500)).code, "table.broken");
  EXPECT_EQ(refusal_of(testing::docx({{"xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b \"b\">]><workbook>&b;</workbook>"}})).code, "table.broken");
}

TEST(Table_S99, NamesTheLineWhereTheEncodingChanges) {
  EXPECT_EQ(refusal_of(kGb + "三(2)班,叶青\n"), (Phrase{"table.mixed", {{"line", 3}}}));
  EXPECT_EQ(refusal_of("班级,姓名\n\n" + kGb), (Phrase{"table.mixed", {{"line", 3}}}));
  EXPECT_EQ(refusal_of("姓名,备注\n丁小满,\"没有完\n叶青,"), (Phrase{"table.open_quote", {{"row", 2}}}));
}

TEST(Table_S99, HoldsItsLimits) {
  std::string lines, wide;
  for (std::size_t i = 0; i <= ports::kMaximumTableRows; ++i) lines += "a,b\n";
  for (std::size_t i = 0; i <= ports::kMaximumTableColumns; ++i) wide += "a,";
  EXPECT_EQ(refusal_of(lines).code, "table.too_many_rows");
  EXPECT_EQ(refusal_of(wide + "a").code, "table.too_wide");
  EXPECT_EQ(refusal_of(xlsx({.rows = "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"})).code, "table.too_many_rows");
  EXPECT_EQ(refusal_of(xlsx({.rows = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"})).code, "table.too_wide");
  EXPECT_EQ(rows_of(xlsx({.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row>", .strings = {"a"}})), (Rows{{"a"}}));
  std::string long_cell;
  for (int i = 0; i < 20'000; ++i) long_cell += "字";
  EXPECT_EQ(character_count(rows_of(long_cell).front().front()), ports::kMaximumCellCharacters);
  EXPECT_EQ(refusal_of(std::string(ports::kMaximumDocumentBytes + 1, 'a')).code, "table.too_large");
}

// One long text that a hundred thousand cells show is small in the file and large in memory.
TEST(Table_S99, ABombIsNotUnpacked) {
  std::mt19937 random(20210124);
  std::vector<std::string> strings(100);
  for (std::string& one : strings) {
    for (int i = 0; i < 1200; ++i) one += static_cast<char>('a' + random() % 26);
  }
  std::string rows;
  for (int row = 1; row <= 1000; ++row) {
    rows += "<row>";
    for (int column = 0; column < 200; ++column) rows += "<c t=\"s\"><v>" + std::to_string(random() % 100) + "</v></c>";
    rows += "</row>";
  }
  EXPECT_EQ(refusal_of(xlsx({.rows = rows, .strings = strings})).code, "table.too_long");
  EXPECT_EQ(refusal_of(xlsx({.rows = "<row><c><v>" + std::string(40u << 20, ' ') + "1</v></c></row>"})).code, "table.bomb");
}

TEST(Table_S99, WhateverTheBytesAreNothingBreaks) {
  std::mt19937 random(20210124);
  auto feed = [](const std::string& bytes) { read_any_table(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()); };
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() / "tests/fuzz/corpus/table")) {
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
  EXPECT_GE(files, 8u);
}

}  // namespace
}  // namespace shide::office_files
