#include "visit/record_merge.h"

#include <vector>

#include "base/digest.h"
#include "base/text.h"

namespace shide::visit {

using model::VisitRecord;

namespace {

constexpr std::size_t kMarkLength = 16;  // 64 bits: two texts of one field that share it are not to be expected

struct Field {
  std::string_view name;
  std::string (*words)(const VisitRecord&);
  Phrase (*shown)(const VisitRecord&);  // what people read in place of the words; nullptr: the words themselves
  void (*take)(VisitRecord& into, const VisitRecord& from);
};

template <auto member>
void take(VisitRecord& into, const VisitRecord& from) {
  into.*member = from.*member;
}

template <auto member>
constexpr Field text(std::string_view name) {
  return {name, [](const VisitRecord& record) { return record.*member; }, nullptr, take<member>};
}

std::string moment(const VisitRecord& record) { return record.visited_at ? to_text_minutes(*record.visited_at) : std::string(); }

std::string mode_code(const VisitRecord& record) { return record.mode ? std::string(model::code_of(*record.mode)) : std::string(); }
Phrase mode_word(const VisitRecord& record) { return record.mode ? Phrase{"visit_mode." + mode_code(record)} : Phrase{}; }

std::string topic_codes(const VisitRecord& record) {
  std::vector<std::string> codes;
  for (model::OutreachTopic topic : record.topics) codes.emplace_back(model::code_of(topic));
  return join(codes, " ");
}
Phrase topic_words(const VisitRecord& record) {
  Phrase all;
  for (model::OutreachTopic topic : record.topics) {
    Phrase one{"outreach_topic." + std::string(model::code_of(topic))};
    all = all.empty() ? one : Phrase{"field.listed", {{"first", all}, {"rest", one}}};
  }
  return all;
}

Phrase nothing_raised(const VisitRecord& record) { return record.no_demand.empty() ? Phrase{} : Phrase{"record.no_demand"}; }

constexpr Field kFields[] = {
    {"visited_at", moment, nullptr, take<&VisitRecord::visited_at>},
    {"mode", mode_code, mode_word, take<&VisitRecord::mode>},
    text<&VisitRecord::narrative>("narrative"),
    {"topics", topic_codes, topic_words, take<&VisitRecord::topics>},
    text<&VisitRecord::reflection>("reflection"),
    text<&VisitRecord::alone_reason>("alone_reason"),
    text<&VisitRecord::outside_window_reason>("outside_window_reason"),
    text<&VisitRecord::late_preparation_reason>("late_preparation_reason"),
    text<&VisitRecord::photo_waiver>("photo_waiver"),
    {"no_demand", [](const VisitRecord& record) { return record.no_demand; }, nothing_raised, take<&VisitRecord::no_demand>},
};

void ask(StaleEdit& edit, const Field& field, const VisitRecord& theirs, const VisitRecord& yours) {
  if (field.shown) edit.compare(field.name, field.shown(theirs), field.shown(yours));
  else edit.compare(field.name, field.words(theirs), field.words(yours));
}

}  // namespace

std::string mark(std::string_view field, std::string_view words) {
  return std::string(field) + ":" + sha256_hex(words).substr(0, kMarkLength);
}

bool is_as_seen(std::string_view seen, std::string_view field, std::string_view words) {
  const std::string wanted = mark(field, words);
  for (std::string_view one : split(seen, ' ')) {
    if (one == wanted) return true;
  }
  return false;
}

std::string marks_of(const VisitRecord& record) {
  std::vector<std::string> marks;
  for (const Field& field : kFields) marks.push_back(mark(field.name, field.words(record)));
  return join(marks, " ");
}

StaleEdit merge(VisitRecord& yours, const VisitRecord& theirs, std::string_view seen) {
  StaleEdit edit;
  for (const Field& field : kFields) {
    const std::string mine = field.words(yours), stored = field.words(theirs);
    if (mine == stored || is_as_seen(seen, field.name, stored)) continue;
    if (is_as_seen(seen, field.name, mine)) field.take(yours, theirs);
    else ask(edit, field, theirs, yours);
  }
  return edit;
}

void take_written(VisitRecord& record, const VisitRecord& written) {
  for (const Field& field : kFields) field.take(record, written);
}

}  // namespace shide::visit
