#include "audit/log_file.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"

namespace shide::audit {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

std::string line(const ordered_json& object) { return object.dump() + "\n"; }

/// The members of one line, each of its type; what is missing or of another type makes the line unsound.
class Members {
 public:
  explicit Members(const json& object) : object_(object) {}
  std::string text(const char* name) {
    auto found = object_.find(name);
    if (found != object_.end() && found->is_string()) return ++taken_, found->get<std::string>();
    sound_ = false;
    return {};
  }
  std::int64_t number(const char* name) {
    auto found = object_.find(name);
    if (found != object_.end() && found->is_number_integer()) return ++taken_, found->get<std::int64_t>();
    sound_ = false;
    return 0;
  }
  /// Nothing is missing, and nothing is there that no hash covers.
  bool sound() const { return sound_ && taken_ == object_.size(); }

 private:
  const json& object_;
  std::size_t taken_ = 0;
  bool sound_ = true;
};

std::optional<Entry> entry_in(const json& object, const std::string& school) {
  Members members(object);
  (void)members.text("kind");
  Entry entry;
  entry.school_id = school;
  entry.sequence = members.number("sequence");
  entry.id = members.text("id");
  entry.at = members.number("at");
  entry.actor = members.text("actor");
  entry.roles = members.text("roles");
  entry.verb = members.text("verb");
  entry.object_kind = members.text("object_kind");
  entry.object_id = members.text("object_id");
  entry.fields = members.text("fields");
  entry.reason = members.text("reason");
  return members.sound() ? std::optional(entry) : std::nullopt;
}

/// Reads a line from its beginning, as it was written and not otherwise.
class Walk {
 public:
  explicit Walk(std::string_view line) : left_(line) {}
  Walk& past(std::string_view words) {
    sound_ = sound_ && left_.starts_with(words);
    if (sound_) left_.remove_prefix(words.size());
    return *this;
  }
  Walk& text(std::string_view name, std::string& into) {
    past(",\"").past(name).past("\":\"");
    std::size_t end = sound_ ? left_.find_first_of("\"\\") : std::string_view::npos;
    sound_ = end != std::string_view::npos && left_[end] == '"';
    if (!sound_) return *this;
    into = left_.substr(0, end);
    left_.remove_prefix(end + 1);
    return *this;
  }
  Walk& number(std::string_view name, std::int64_t& into) {
    past(",\"").past(name).past("\":");
    auto [end, failure] = std::from_chars(left_.data(), left_.data() + left_.size(), into);
    sound_ = sound_ && failure == std::errc{};
    if (sound_) left_.remove_prefix(static_cast<std::size_t>(end - left_.data()));
    return *this;
  }
  bool ended() { return past("}").sound_ && left_.empty(); }

 private:
  std::string_view left_;
  bool sound_ = true;
};

/// Entries are most of a log, and nearly all stand there just as line_of writes them: these need no reader of JSON in general, which is
/// four times as slow. Nothing for any other line.
std::optional<Entry> plain_entry_in(std::string_view line, const std::string& school) {
  Entry entry;
  entry.school_id = school;
  Walk walk(line);
  walk.past("{\"kind\":\"entry\"").number("sequence", entry.sequence).text("id", entry.id).number("at", entry.at).text("actor", entry.actor);
  walk.text("roles", entry.roles).text("verb", entry.verb).text("object_kind", entry.object_kind).text("object_id", entry.object_id);
  walk.text("fields", entry.fields).text("reason", entry.reason);
  return walk.ended() ? std::optional(std::move(entry)) : std::nullopt;
}

std::optional<model::AuditHead> head_of(const json& object) {
  Members members(object);
  bool is_head = members.text("kind") == "head";
  model::AuditHead head;
  head.school_id = {members.text("school")};
  head.size = members.number("size");
  head.root = members.text("root");
  head.signed_at = {members.number("at")};
  head.key_id = members.text("key");
  head.signature = members.text("signature");
  return is_head && members.sound() && head.size >= 0 ? std::optional(head) : std::nullopt;
}

}  // namespace

std::string first_line(const std::string& school_id) { return line({{"kind", "log"}, {"format", kEntryFormat}, {"school", school_id}}); }

std::string line_of(const Entry& entry) {
  return line({{"kind", "entry"}, {"sequence", entry.sequence}, {"id", entry.id}, {"at", entry.at}, {"actor", entry.actor}, {"roles", entry.roles},
               {"verb", entry.verb}, {"object_kind", entry.object_kind}, {"object_id", entry.object_id}, {"fields", entry.fields}, {"reason", entry.reason}});
}

std::string line_of(const model::AuditHead& head) {
  return line({{"kind", "head"}, {"school", head.school_id.value}, {"size", head.size}, {"root", head.root}, {"at", head.signed_at.microseconds},
               {"key", head.key_id}, {"signature", head.signature}});
}

std::string last_line(std::int64_t entries, std::int64_t heads) { return line({{"kind", "end"}, {"entries", entries}, {"heads", heads}}); }

std::optional<model::AuditHead> head_in(std::string_view text) {
  auto object = parse_json(text);
  return object && object->is_object() ? head_of(*object) : std::nullopt;
}

void LogFileCheck::line(int number, std::string_view text) {
  auto unsound = [&] { check_.fault({"audit_check.line", {{"line", number}}}); };
  if (begun_ && !ended_ && heads_ == 0) {
    if (auto entry = plain_entry_in(trim(text), school_)) return check_.entry(*entry);
  }
  auto object = parse_json(text);
  if (!object || !object->is_object()) return unsound();
  std::string kind = object->value("kind", json()).is_string() ? (*object)["kind"].get<std::string>() : "";
  Members members(*object);
  if (kind == "log" && !begun_) {
    (void)members.text("kind");
    bool known = members.text("format") == kEntryFormat;
    school_ = members.text("school");
    begun_ = known && members.sound();
    if (!begun_) unsound();
  } else if (!begun_ || ended_) {
    unsound();
  } else if (kind == "entry") {
    auto entry = entry_in(*object, school_);
    entry && heads_ == 0 ? check_.entry(*entry) : unsound();
  } else if (kind == "head") {
    auto head = head_of(*object);
    if (!head || head->school_id.value != school_) return unsound();
    ++heads_;
    check_.head(*head);
  } else if (kind == "end") {
    (void)members.text("kind");
    bool agrees = members.number("entries") == check_.entries() && members.number("heads") == heads_;
    if (!agrees || !members.sound()) check_.fault({"audit_check.counts", {{"line", number}}});
    ended_ = true;
  } else {
    unsound();
  }
}

LogReport LogFileCheck::finish() {
  if (!ended_) check_.fault({"audit_check.no_end"});
  LogReport report = check_.finish();
  if (report.covered < report.entries && report.faults.size() < kFaultsTold) {
    report.faults.push_back({"audit_check.uncovered", {{"from", report.covered + 1}, {"to", report.entries}}});
  }
  return report;
}

}  // namespace shide::audit
