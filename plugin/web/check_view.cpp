#include "web/check_view.h"

#include <map>
#include <tuple>
#include <utility>

#include "base/markup.h"
#include "base/base64.h"
#include "base/text.h"
#include "web/asset_routes.h"
#include "web/page.h"
#include "web/parts.h"

namespace shide::web {
namespace {

using nlohmann::json;
using ports::DocumentPart;
using workflow::CheckFinding;
using workflow::CheckPassage;

constexpr std::size_t kRidingShown = 120;  // characters of a comment, say: enough to know it again

const char* code_of(DocumentPart part) {
  switch (part) {
    case DocumentPart::kBody: return "body";
    case DocumentPart::kTable: return "table";
    case DocumentPart::kTextBox: return "text_box";
    case DocumentPart::kHeader: return "header";
    case DocumentPart::kFooter: return "footer";
    case DocumentPart::kFootnote: return "footnote";
    case DocumentPart::kEndnote: return "endnote";
    case DocumentPart::kComment: return "comment";
    case DocumentPart::kDeleted: return "deleted";
    case DocumentPart::kHidden: return "hidden";
    case DocumentPart::kAuthor: return "author";
    case DocumentPart::kCompany: return "company";
    case DocumentPart::kProperty: return "property";
    case DocumentPart::kAttachment: break;
  }
  return "attachment";
}

/// Read on the page; the rest rides along unseen and is not carried over.
bool is_shown(const CheckPassage& passage) { return !passage.part || *passage.part < DocumentPart::kComment; }

/// Names of pictures and links are many and mostly "image1.png": of them only what was found in them is told.
bool rides_along(const CheckPassage& passage) { return !is_shown(passage) && *passage.part != DocumentPart::kAttachment; }

/// Nothing for the text itself.
std::string label_of(const Call& call, const CheckPassage& passage) {
  if (!passage.part || *passage.part == DocumentPart::kBody) return {};
  return call.say({std::string("document_part.") + code_of(*passage.part)});
}

/// The findings of one text numbered as the table does: the same words of the same kind are one row.
class Rows {
 public:
  Rows(const Call& call, const CheckedPost& post) {
    for (const CheckFinding& finding : post.check.findings) {
      const CheckPassage& passage = post.passages[finding.passage];
      auto key = std::tuple(label_of(call, passage), finding.kind, finding.words, finding.replacement, finding.is_doubt);
      auto [at, is_new] = places_.emplace(key, counts_.size());
      if (is_new) {
        counts_.push_back(0);
        rows_.push_back(row(call, finding, std::get<0>(key)));
        doubts_ += finding.is_doubt ? 1 : 0;
      }
      ++counts_[at->second];
      numbers_.push_back(at->second + 1);
    }
    for (std::size_t i = 0; i < counts_.size(); ++i) rows_[i]["times"] = counts_[i] > 1 ? call.say({"check.times", {{"count", counts_[i]}}}) : "";
  }

  const json& view() const { return rows_; }
  std::size_t count() const { return counts_.size(); }
  std::size_t doubts() const { return doubts_; }
  std::size_t number_of(std::size_t finding) const { return numbers_[finding]; }

 private:
  json row(const Call& call, const CheckFinding& finding, const std::string& label) const {
    std::string kind = call.say({"redact.kind." + std::string(privacy::kind_name(finding.kind))});
    std::string instead = finding.replacement.empty() ? call.say({"check.dropped"}) : finding.replacement;
    if (finding.is_doubt) instead = call.say({privacy::is_direct(finding.kind) ? "check.if_name" : "check.if_telling"});
    return {{"number", counts_.size()}, {"what", label.empty() ? kind : call.say({"check.in_part", {{"part", label}, {"kind", kind}}})}, {"words", finding.words},
            {"instead", instead}, {"why", call.say(finding.reason)}, {"doubt", finding.is_doubt ? chip(ChipState::kNow, call.say({"check.look"})) : json()}};
  }

  std::map<std::tuple<std::string, privacy::Kind, std::string, std::string, bool>, std::size_t> places_;
  std::vector<std::size_t> counts_, numbers_;
  std::size_t doubts_ = 0;
  json rows_ = json::array();
};

enum class Mark { kNone, kFound, kReplaced };

/// Pieces of text collected into paragraphs: each line is one.
class Paragraphs {
 public:
  void add(std::u32string_view text, Mark mark = Mark::kNone, std::size_t number = 0) {
    while (true) {
      std::size_t end = std::min(text.find(U'\n'), text.size());
      if (end > 0) pieces_.push_back({{"words", to_utf8(text.substr(0, end))}, {"plain", mark == Mark::kNone}, {"found", mark == Mark::kFound}, {"replaced", mark == Mark::kReplaced}, {"number", number}});
      if (end == text.size()) return;
      finish();
      text.remove_prefix(end + 1);
    }
  }
  json take() {
    finish();
    return std::move(paragraphs_);
  }

 private:
  void finish() {
    if (!pieces_.empty()) paragraphs_.push_back({{"pieces", std::exchange(pieces_, json::array())}});
  }
  json paragraphs_ = json::array(), pieces_ = json::array();
};

enum class Side { kBefore, kAfter };

/// The passage as written, or as it may be posted, every place marked with its number.
json marked(const CheckedPost& post, const Rows& rows, std::size_t passage, Side side) {
  std::u32string letters = to_code_points(post.passages[passage].text);
  Paragraphs paragraphs;
  std::size_t at = 0;
  for (std::size_t i = 0; i < post.check.findings.size(); ++i) {
    const CheckFinding& finding = post.check.findings[i];
    if (finding.passage != passage) continue;
    paragraphs.add(std::u32string_view(letters).substr(at, finding.start - at));
    bool as_written = side == Side::kBefore || finding.is_doubt;
    paragraphs.add(to_code_points(as_written ? finding.words : finding.replacement), as_written ? Mark::kFound : Mark::kReplaced, rows.number_of(i));
    at = finding.end;
  }
  paragraphs.add(std::u32string_view(letters).substr(at));
  return paragraphs.take();
}

json sections(const Call& call, const CheckedPost& post, const Rows& rows, Side side) {
  json list = json::array();
  for (std::size_t i = 0; i < post.passages.size(); ++i) {
    if (is_shown(post.passages[i])) list.push_back({{"label", label_of(call, post.passages[i])}, {"paragraphs", marked(post, rows, i, side)}});
  }
  return list;
}

std::string cleaned_text(const CheckedPost& post) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < post.passages.size(); ++i) {
    if (is_shown(post.passages[i])) texts.push_back(post.check.cleaned[i]);
  }
  return join(texts, "\n");
}

json riding_view(const Call& call, const CheckedPost& post) {
  json list = json::array();
  for (const CheckPassage& passage : post.passages) {
    if (!rides_along(passage)) continue;
    std::string_view shown = first_characters(passage.text, kRidingShown);
    list.push_back(fact(label_of(call, passage), std::string(shown) + (shown.size() < passage.text.size() ? "\u2026" : "")));
  }
  return list;
}

std::size_t count_of(const ports::PhotoTraces& traces) { return std::size_t{traces.position} + traces.time + traces.camera + traces.words; }

/// "拍摄位置、拍摄时间": what rode along.
std::string traces_text(const Call& call, const ports::PhotoTraces& traces) {
  std::vector<std::string> words;
  auto add = [&](bool there, const char* code) {
    if (there) words.push_back(call.say({code}));
  };
  add(traces.position, "check.trace.position");
  add(traces.time, "check.trace.time");
  add(traces.camera, "check.trace.camera");
  add(traces.words, "check.trace.words");
  return words.empty() ? call.say({"check.no_trace"}) : call.say({"check.traces", {{"list", join(words, call.say({"check.trace.and"}))}}});
}

json photo_views(const Call& call, const std::vector<CheckedPhoto>& photos) {
  json list = json::array();
  for (std::size_t i = 0; i < photos.size(); ++i) {
    const CheckedPhoto& photo = photos[i];
    std::string name = call.say({"check.photo", {{"number", i + 1}}});
    json view = {{"name", name}, {"clean", nullptr}, {"problem", call.say(photo.problem)}};
    if (photo.clean) view["clean"] = {{"bytes", base64(photo.clean->jpeg)}, {"file", name + ".jpg"}, {"traces", traces_text(call, photo.clean->traces)}};
    list.push_back(std::move(view));
  }
  return list;
}

/// Nobody can say that all is mended where names were only guessed.
Phrase headline(const CheckedPost& post, std::size_t count, std::size_t doubts) {
  if (!post.passages.empty() && !post.check.knows_names) return {"check.found_guessed", {{"count", count}}};
  if (count == 0) return {"check.found_none"};
  if (doubts == 0) return {"check.found_sure", {{"count", count}}};
  return {"check.found", {{"count", count}, {"mended", count - doubts}, {"doubts", doubts}}};
}

json basis(const Call& call, const CheckedPost& post) {
  if (!post.check.knows_names) return note(Tone::kWarm, call.say({"check.guessed"}), "", call.say({"check.guessed_what"}));
  Phrase by{"check.by_register"};
  if (post.names > 0 && post.check.has_register) by = {"check.by_both", {{"count", post.names}}};
  if (post.names > 0 && !post.check.has_register) by = {"check.by_names", {{"count", post.names}}};
  return note(Tone::kPlain, "", "", call.say(by));
}

}  // namespace

json check_view(const Call& call, const CheckedPost& post) {
  Rows rows(call, post);
  json riding = riding_view(call, post), before = sections(call, post, rows, Side::kBefore);
  std::size_t traces = 0;
  for (const CheckedPhoto& photo : post.photos) traces += photo.clean ? count_of(photo.clean->traces) : 0;
  std::string text = cleaned_text(post);
  return {{"script_address", asset_address(call.link(""), "copies.js")}, {"title", call.say(headline(post, rows.count() + riding.size() + traces, rows.doubts()))},
          {"basis", post.passages.empty() ? json() : basis(call, post)},
          {"texts_shown", !before.empty()}, {"before", std::move(before)}, {"after", sections(call, post, rows, Side::kAfter)},
          {"text", text}, {"html", plain_html(text)},
          {"rows_shown", rows.count() > 0}, {"rows", rows.view()}, {"doubts_shown", rows.doubts() > 0},
          {"riding_shown", !riding.empty()}, {"facts", std::move(riding)},
          {"attachments", post.attachments > 0 ? call.say({"check.attachments", {{"count", post.attachments}}}) : ""},
          {"photos_shown", !post.photos.empty()}, {"photos", photo_views(call, post.photos)}};
}

}  // namespace shide::web
