#include "office_files/workbook.h"

#include <optional>

#include "base/text.h"
#include "office_files/package.h"
#include "office_files/sheet_parts.h"

namespace shide::office_files {
namespace {

/// What the package says of documents, said of tables.
Error of_table(const Error& error) {
  std::string code = error.phrase.code;
  if (code.starts_with("document.")) code.replace(0, 8, "table");
  if (code == "table.not_docx") code = "table.not_table";
  return table_refusal(error.code, {code, error.phrase.args});
}

Error broken() { return table_refusal(ErrorCode::kInvalid, {"table.broken"}); }

class Workbook {
 public:
  explicit Workbook(Package package) : package_(std::move(package)) {}

  Result<std::vector<ports::Table>> read() {
    const PackagePart* workbook = part("xl/workbook.xml");
    if (!workbook) return table_refusal(ErrorCode::kUnsupportedMedia, {part("xl/workbook.bin") ? "table.old_xls" : "table.not_table"});
    SHIDE_CHECK(parse(*workbook, book_));
    if (const PackagePart* rels = part("xl/_rels/workbook.xml.rels")) SHIDE_CHECK(parse(*rels, relations_));
    if (const PackagePart* strings = part("xl/sharedStrings.xml")) SHIDE_CHECK(parse(*strings, strings_));
    if (strings_.too_long) return table_refusal(ErrorCode::kTooLarge, {"table.too_long", {{"limit", ports::kMaximumTableText >> 20}}});
    if (const PackagePart* styles = part("xl/styles.xml")) SHIDE_CHECK(parse(*styles, styles_));
    Cells cells;
    for (const WorkbookPart::Tab& tab : book_.tabs) {
      const PackagePart* sheet = part(address(relations_.targets[tab.relation]));
      if (!sheet) continue;  // a chart has a tab of its own
      cells.begin_table(clean_line(tab.name).value_or(""));
      WorksheetPart reader(cells, strings_.strings, styles_.is_date, book_.from_1904);
      SHIDE_CHECK(parse(*sheet, reader));
      if (cells.refusal()) return *cells.refusal();
    }
    std::vector<ports::Table> tables = std::move(cells).take();
    if (tables.empty()) return table_refusal(ErrorCode::kInvalid, {"table.empty"});
    return tables;
  }

 private:
  static std::string address(const std::string& target) { return target.starts_with('/') ? target.substr(1) : "xl/" + target; }

  const PackagePart* part(std::string_view name) const {
    std::string wanted = lower_ascii(name);
    for (const PackagePart& one : package_.parts()) {
      if (lower_ascii(replace_all(one.name, "\\", "/")) == wanted) return &one;
    }
    return nullptr;
  }

  Result<void> parse(const PackagePart& part, SheetPart& into) {
    bool fine = true;
    auto read = package_.read(part, [&](std::istream& in) { fine = into.parse(in); });
    if (auto* error = read.if_error()) return of_table(*error);
    return fine ? Result<void>() : broken();
  }

  Package package_;
  WorkbookPart book_;
  RelationsPart relations_;
  SharedStringsPart strings_;
  StylesPart styles_;
};

}  // namespace

Result<std::vector<ports::Table>> read_workbook(std::string_view bytes) {
  auto package = Package::open(bytes);
  if (auto* error = package.if_error()) return of_table(*error);
  return Workbook(std::move(*package)).read();
}

}  // namespace shide::office_files
