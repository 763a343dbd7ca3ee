#include "office_files/part_reader.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <string_view>

#include "base/text.h"
#include "office_files/word_xml.h"

namespace shide::office_files {
namespace {

using Poco::XML::Attributes;
using Poco::XML::XMLString;
using ports::DocumentPart;

using Names = std::map<std::string_view, DocumentPart>;

/// What the text of a part is, by its outermost element.
const Names kFlows = {{"document", DocumentPart::kBody},      {"hdr", DocumentPart::kHeader},          {"ftr", DocumentPart::kFooter},
                      {"footnotes", DocumentPart::kFootnote}, {"endnotes", DocumentPart::kEndnote},    {"comments", DocumentPart::kComment},
                      {"chartSpace", DocumentPart::kTextBox}, {"dataModel", DocumentPart::kTextBox},   {"drawing", DocumentPart::kTextBox},
                      {"glossaryDocument", DocumentPart::kHidden}};

const Names kProperties = {{"creator", DocumentPart::kAuthor},     {"lastModifiedBy", DocumentPart::kAuthor}, {"Manager", DocumentPart::kAuthor},
                           {"Company", DocumentPart::kCompany},    {"title", DocumentPart::kProperty},        {"subject", DocumentPart::kProperty},
                           {"description", DocumentPart::kProperty}, {"keywords", DocumentPart::kProperty},   {"category", DocumentPart::kProperty},
                           {"contentStatus", DocumentPart::kProperty}, {"HyperlinkBase", DocumentPart::kProperty}};

/// Elements whose attributes hold words that somebody typed, and what those are.
struct NamedBy {
  std::string_view element;
  std::string_view attribute;
  DocumentPart part;
};
constexpr NamedBy kNamed[] = {{"docPr", "name", DocumentPart::kAttachment},   {"docPr", "descr", DocumentPart::kAttachment},
                              {"docPr", "title", DocumentPart::kAttachment},  {"cNvPr", "name", DocumentPart::kAttachment},
                              {"cNvPr", "descr", DocumentPart::kAttachment},  {"imagedata", "title", DocumentPart::kAttachment},
                              {"docVar", "val", DocumentPart::kProperty},     {"listItem", "displayText", DocumentPart::kHidden},
                              {"listEntry", "val", DocumentPart::kHidden}};

bool is_code(std::string_view element) { return element == "instrText" || element == "delInstrText"; }

/// "file:///C:/%E4%B8%81.docx" as a reader sees it; as it stands when that would be no text.
std::string decoded(const std::string& address) {
  std::string text;
  try {
    Poco::URI::decode(address, text);
  } catch (const Poco::Exception&) {
    return address;
  }
  return is_valid_utf8(text) ? text : address;
}

}  // namespace

void PartReader::startElement(const XMLString&, const XMLString& local, const XMLString&, const Attributes& attributes) {
  ++depth_;
  if (depth_ == 1) {
    root_ = local;
    if (auto flow = kFlows.find(local); flow != kFlows.end()) begin_flow(flow->second);
  }
  if (local == "tbl" && !flows_.empty() && flows_.back().part != DocumentPart::kTable) begin_flow(DocumentPart::kTable);
  if (local == "txbxContent") begin_flow(DocumentPart::kTextBox);
  if (strikes_out(local)) ++deletions_;
  read_run(local, attributes);
  read_names(local, attributes);
  into_ = passage_for(local);
  if (passages_.is_full()) stop();
}

void PartReader::endElement(const XMLString&, const XMLString& local, const XMLString&) {
  into_.reset();
  if (strikes_out(local)) --deletions_;
  if (depth_ == run_depth_) run_depth_ = 0;
  if (local == "p" || local == "pt") break_line();
  if (!flows_.empty() && flows_.back().depth == depth_) end_flow();
  --depth_;
}

void PartReader::characters(const Poco::XML::XMLChar text[], int start, int length) {
  if (into_) passages_.append(*into_, std::string_view(text + start, static_cast<std::size_t>(length)));
  if (passages_.is_full()) stop();
}

void PartReader::startDTD(const XMLString&, const XMLString&, const XMLString&) {
  document_type_ = true;
  stop();
}

void PartReader::begin_flow(DocumentPart part) { flows_.push_back({part, passages_.begin(part), depth_}); }

// What follows a table is a passage of its own, so that the order stays; what follows a text box goes on in its paragraph.
void PartReader::end_flow() {
  bool was_table = flows_.back().part == DocumentPart::kTable;
  flows_.pop_back();
  if (was_table) flows_.back().passage = passages_.begin(flows_.back().part);
}

std::optional<std::size_t> PartReader::passage_for(const std::string& name) {
  if (content_ == Content::kEveryWord) return passages_.begin(DocumentPart::kProperty);
  if (root_ == "coreProperties" || root_ == "Properties") return passage_of_property(name);
  bool is_value = name == "v" && root_ == "chartSpace";
  if (flows_.empty() || (name != "t" && name != "delText" && !is_code(name) && !is_value)) return std::nullopt;
  if (deletions_ > 0 || name.starts_with("del")) return beside(DocumentPart::kDeleted);
  if (run_is_hidden_ || is_code(name)) return beside(DocumentPart::kHidden);
  return flows_.back().passage;
}

// In docProps: core.xml and app.xml by name, custom.xml whatever stands in a <property>.
std::optional<std::size_t> PartReader::passage_of_property(const std::string& name) {
  auto known = kProperties.find(name);
  if (depth_ == 2 && known != kProperties.end()) return passages_.begin(known->second);
  bool is_custom = depth_ == 3 && name.starts_with("lp");  // lpwstr, lpstr: text among numbers and dates
  return is_custom ? std::optional(passages_.begin(DocumentPart::kProperty)) : std::nullopt;
}

void PartReader::read_run(const std::string& name, const Attributes& attributes) {
  if (name == "r") {
    run_depth_ = depth_;
    run_is_hidden_ = false;
  }
  if (run_depth_ == 0) return;
  std::string value = attribute(attributes, "val");
  if (hides(name) && depth_ == run_depth_ + 2) run_is_hidden_ = is_on(value);
  if (depth_ != run_depth_ + 1) return;
  if (name == "tab" || name == "ptab") write("\t");
  if (name == "br" || name == "cr") write("\n");
  if (name == "noBreakHyphen") write("-");
}

void PartReader::read_names(const std::string& name, const Attributes& attributes) {
  if (std::string author = attribute(attributes, "author"); !author.empty()) passages_.add(DocumentPart::kAuthor, author);
  if (root_ == "Relationships" && attribute(attributes, "TargetMode") == "External") passages_.add(DocumentPart::kAttachment, decoded(attribute(attributes, "Target")));
  if (root_ == "Properties" && name == "property") passages_.add(DocumentPart::kProperty, attribute(attributes, "name"));
  for (const NamedBy& named : kNamed) {
    if (name != named.element) continue;
    if (std::string text = attribute(attributes, named.attribute); !text.empty()) passages_.add(named.part, text);
  }
}

std::size_t PartReader::beside(DocumentPart part) {
  auto found = beside_.find(part);
  return found != beside_.end() ? found->second : beside_.emplace(part, passages_.begin(part)).first->second;
}

void PartReader::write(std::string_view text) {
  if (flows_.empty()) return;
  passages_.append(deletions_ > 0 ? beside(DocumentPart::kDeleted) : run_is_hidden_ ? beside(DocumentPart::kHidden) : flows_.back().passage, text);
}

void PartReader::break_line() {
  if (!flows_.empty()) passages_.break_line(flows_.back().passage);
  for (const auto& [part, passage] : beside_) passages_.break_line(passage);
}

}  // namespace shide::office_files
