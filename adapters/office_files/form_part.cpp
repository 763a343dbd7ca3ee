#include "office_files/form_part.h"

#include "base/text.h"
#include "office_files/docx_writer.h"
#include "office_files/word_xml.h"

namespace shide::office_files {
namespace {

using Poco::XML::Attributes;
using Poco::XML::XMLString;

/// A text box is saved twice, for old programs behind mc:Fallback.
bool leaves_out(std::string_view element) { return strikes_out(element) || element == "Fallback"; }

/// "_shide_018f..." with the dashes that a bookmark cannot hold; empty for any other.
std::string mark_in(std::string_view bookmark) {
  if (!bookmark.starts_with(kMarkBookmark)) return {};
  std::string mark(bookmark.substr(kMarkBookmark.size()));
  if (mark.size() != 32) return mark;
  for (std::size_t at : {20, 16, 12, 8}) mark.insert(at, "-");
  return mark;
}

}  // namespace

void FormPart::startElement(const XMLString&, const XMLString& local, const XMLString&, const Attributes& attributes) {
  ++depth_;
  if (depth_ == 1) root_ = local;
  if (root_ == "Properties" && local == "property") property_ = attribute(attributes, "name");
  if (root_ != "document") return;
  if (leaves_out(local)) ++left_out_;
  if (local == "tbl") ++tables_;
  // Of a table within a cell the words belong to that cell.
  if (tables_ == 1 && local == "tr") form_.rows.emplace_back();
  if (tables_ == 1 && local == "tc" && !form_.rows.empty()) {
    form_.rows.back().emplace_back();
    in_cell_ = true;
  }
  if (local == "bookmarkStart" && form_.mark.empty()) form_.mark = mark_in(attribute(attributes, "name"));
  if (local == "r") {
    run_depth_ = depth_;
    run_is_hidden_ = false;
  }
  if (run_depth_ > 0 && hides(local) && depth_ == run_depth_ + 2) run_is_hidden_ = is_on(attribute(attributes, "val"));
  if (run_depth_ > 0 && depth_ == run_depth_ + 1) {
    if (local == "br" || local == "cr") write("\n");
    if (local == "tab") write(" ");
    if (local == "noBreakHyphen") write("-");
  }
  in_text_ = local == "t";
  if (is_full()) stop();
}

void FormPart::endElement(const XMLString&, const XMLString& local, const XMLString&) {
  in_text_ = false;
  if (root_ == "Properties" && local == "property") property_.clear();
  if (root_ == "document") {
    if (depth_ == run_depth_) run_depth_ = 0;
    if (local == "p") {
      if (std::string* into = cell()) *into += '\n';
    }
    if (tables_ == 1 && local == "tc") {
      if (std::string* into = cell()) *into = std::string(trim(*into));
      in_cell_ = false;
    }
    if (local == "tbl") --tables_;
    if (leaves_out(local)) --left_out_;
  }
  --depth_;
}

void FormPart::characters(const Poco::XML::XMLChar text[], int start, int length) {
  std::string_view words(text + start, static_cast<std::size_t>(length));
  if (depth_ == 3 && property_ == kMarkProperty) form_.mark += words;
  if (depth_ == 3 && property_ == kStateProperty) form_.state += words;
  bytes_ += words.size();
  if (in_text_) write(words);
  if (is_full()) stop();
}

void FormPart::startDTD(const XMLString&, const XMLString&, const XMLString&) {
  document_type_ = true;
  stop();
}

void FormPart::write(std::string_view text) {
  std::string* into = cell();
  if (into && left_out_ == 0 && !run_is_hidden_) *into += text;
}

}  // namespace shide::office_files
