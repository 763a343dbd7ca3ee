// An .xlsx made of what a test plants: the rows of one tab, with strings, styles and merged areas as an office program writes them.
//
//     xlsx({.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", .strings = {"姓名"}})
#pragma once

#include <string>
#include <vector>

#include "contract/docx_file.h"

namespace shide::testing {

struct PlantedSheet {
  std::string rows;
  std::vector<std::string> strings = {};
  std::string merged = {};                  // <mergeCell ref="A1:A3"/>...
  std::string styles = {};                  // inside <styleSheet>
  std::string workbook_properties = {};     // <workbookPr date1904="1"/>
  std::string tab = "三年级";
};

inline Parts xlsx_parts(const PlantedSheet& sheet) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  const std::string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  std::string strings;
  for (const std::string& one : sheet.strings) strings += "<si><t xml:space=\"preserve\">" + one + "</t></si>";
  return {{"xl/workbook.xml", head + "<workbook" + main + " xmlns:r=\"" + relations + "\">" + sheet.workbook_properties +
               "<sheets><sheet name=\"" + sheet.tab + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
          {"xl/_rels/workbook.xml.rels", head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
               "<Relationship Id=\"rId1\" Type=\"" + relations + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
          {"xl/sharedStrings.xml", head + "<sst" + main + ">" + strings + "</sst>"},
          {"xl/styles.xml", head + "<styleSheet" + main + ">" + sheet.styles + "</styleSheet>"},
          {"xl/worksheets/sheet1.xml", head + "<worksheet" + main + "><sheetData>" + sheet.rows + "</sheetData><mergeCells>" + sheet.merged + "</mergeCells></worksheet>"}};
}

inline std::string xlsx(const PlantedSheet& sheet) { return docx(xlsx_parts(sheet)); }

}  // namespace shide::testing
