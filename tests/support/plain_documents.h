// Documents one can read in a test: a spreadsheet is its name, then a line a row, cells apart by bars; a form a line a box; an archive a file's
// name, then its bytes. Bytes that begin with "PK" are
// a document: what follows up to "|" is its body, then its author.
#pragma once

#include <algorithm>

#include "base/text.h"
#include "ports/documents.h"

namespace shide::testing {

class PlainDocuments : public ports::Documents {
 public:
  Result<std::string> spreadsheet(const ports::Sheet& sheet) override {
    std::string text = sheet.name + "\n" + join(sheet.headings, "|") + "\n";
    for (const auto& row : sheet.rows) text += join(row, "|") + "\n";
    return text;
  }
  Result<std::string> docx(std::string_view heading, const std::vector<std::string>& paragraphs) override {
    return "PK" + std::string(heading) + "\n" + join(paragraphs, "\n");
  }
  Result<std::string> form_docx(const ports::PrintedForm& form) override { return "PK" + form.mark + "|" + form.state + "\n" + text_of(form); }
  Result<std::string> form_pdf(const ports::PrintedForm& form) override { return "%PDF" + text_of(form); }
  /// "PK", the mark, "|", the state, then a line a row with its cells apart by bars; "/" in a cell is a new line.
  Result<ports::FilledForm> read_form(std::string_view bytes) override {
    if (!bytes.starts_with("PK")) return Error{ErrorCode::kUnsupportedMedia, {"document.not_docx"}}.with("document", {"document.not_docx"});
    ports::FilledForm form;
    for (std::string_view line : split(bytes.substr(2), '\n')) {
      std::vector<std::string> cells;
      for (std::string_view cell : split(line, '|')) cells.push_back(replace_all(std::string(cell), "/", "\n"));
      if (form.rows.empty() || cells.size() > 1) form.rows.push_back(std::move(cells));
    }
    form.mark = form.rows.front()[0];
    if (form.rows.front().size() > 1) form.state = form.rows.front()[1];
    form.rows.erase(form.rows.begin());
    return form;
  }
  Result<std::string> archive(const std::vector<ports::ArchivedFile>& files) override {
    std::string text;
    for (const auto& file : files) text += file.name + "\n" + file.bytes + "\n";
    return text;
  }
  Result<ports::DocumentText> read_docx(std::string_view bytes) override {
    if (!bytes.starts_with("PK")) return Error{ErrorCode::kUnsupportedMedia, {"document.not_docx"}}.with("document", {"document.not_docx"});
    bytes.remove_prefix(2);
    std::size_t bar = std::min(bytes.find('|'), bytes.size());
    ports::DocumentText text{{{ports::DocumentPart::kBody, std::string(bytes.substr(0, bar))}}};
    if (bar < bytes.size()) text.passages.push_back({ports::DocumentPart::kAuthor, std::string(bytes.substr(bar + 1))});
    return text;
  }

 private:
  static std::string text_of(const ports::PrintedForm& form) {
    std::string text = form.corner + "\n" + form.title + "\n" + form.above + "\n";
    for (const ports::FormBox& box : form.boxes) text += box.label + "|" + replace_all(box.text, "\n", "/") + (box.pictures.empty() ? "" : "|" + std::to_string(box.pictures.size()) + " pictures") + "\n";
    return text + join(form.signatures, "\n") + "\n" + form.foot + "\n";
  }
};

}  // namespace shide::testing
