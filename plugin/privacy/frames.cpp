#include "privacy/frames.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kMostSenses = 64;
constexpr std::size_t kLongestRest = 8, kLongestPredicate = 9;  // characters
constexpr std::size_t kLongestQuotedWord = 4;
constexpr std::size_t kMostPredicates = 1;
constexpr std::size_t kLongestSentence = 40;  // clauses; what goes on longer is looked at in pieces
constexpr std::size_t kLongestClause = 120;  // a text without punctuation is looked at in pieces
constexpr std::size_t kLongSaying = 45, kAround = 20;  // in a clause longer than that only words so near speak against a frame

bool ends_clause(char32_t c) {
  return ends_sentence(c) || c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == 0x201C || c == 0x201D || c == '"' || c == 0x2014 || c == 0x2026;
}

// 写着“耕读”的那家: a word in quotes parts nothing.
bool is_quoted_word(std::u32string_view text, std::size_t i) {
  constexpr std::u32string_view kOpen = U"\u201C", kClose = U"\u201D";
  if (text[i] == kOpen[0]) return text.substr(i + 1, kLongestQuotedWord + 1).find(kClose) != std::u32string_view::npos;
  std::size_t from = i - std::min(i, kLongestQuotedWord + 1);
  return text[i] == kClose[0] && text.substr(from, i - from).find(kOpen) != std::u32string_view::npos;
}

std::optional<std::size_t> number(std::string_view word) {
  std::size_t value = 0;
  auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

Error unreadable(std::string_view name, const InfoEntry& entry, std::string_view what) {
  std::string where = std::string(name) + ":" + std::to_string(entry.line);
  return Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", where}, {"what", what}}}, where};
}

}  // namespace

Result<Frames> Frames::read(const InfoEntry& file, std::string_view name) {
  Frames frames;
  const InfoEntry *senses = file.child("senses"), *rows = file.child("frames");
  if (!senses || !rows || senses->children.size() > kMostSenses) return unreadable(name, file, "senses");
  std::map<std::u32string, Senses> meanings;
  for (const InfoEntry& sense : senses->children) {
    Senses bit = frames.senses_.emplace(sense.key, Senses{1} << frames.senses_.size()).first->second;
    for (std::string_view word : split(sense.value, ' ')) {
      if (std::u32string folded = fold(word); !folded.empty()) meanings[std::move(folded)] |= bit;
    }
  }
  std::pair<Senses*, const char*> known[] = {{&frames.nothing_, "nothing"}, {&frames.halt_, "halt"}, {&frames.kin_, "kin"}, {&frames.adult_, "adult"}, {&frames.child_, "child"}, {&frames.residence_, "residence"}, {&frames.house_, "house"}, {&frames.of_, "of"}, {&frames.landmark_, "landmark"}, {&frames.unit_, "unit"}};
  for (auto& [set, word] : known) *set = frames.senses_[word];
  for (const InfoEntry* entry : rows->all("frame")) {
    auto frame = frames.frame(*entry);
    if (frame.if_error()) return unreadable(name, *entry, entry->text("find"));
    frames.frames_.push_back(std::move(*frame));
  }
  if (const InfoEntry* entries = file.child("runs")) {
    for (const InfoEntry* entry : entries->all("run")) {
      auto run = frames.run(*entry);
      if (run.if_error()) return unreadable(name, *entry, entry->text("of"));
      frames.runs_.push_back(std::move(*run));
    }
  }
  for (const Frame& frame : frames.frames_) meanings[fold(frame.replacement)] |= frames.nothing_ | frames.senses_["done"];  // what we put there tells nothing
  for (const auto& [word, meaning] : meanings) {
    frames.words_.add(word, static_cast<std::uint32_t>(frames.meanings_.size()));
    frames.meanings_.push_back(meaning);
  }
  frames.words_.build();
  return frames;
}

Result<Senses> Frames::senses(std::string_view words, char separator) const {
  Senses set = 0;
  for (std::string_view word : split(words, separator)) {
    if (word.empty()) continue;
    auto at = senses_.find(word);
    if (at == senses_.end()) return Error{ErrorCode::kConfiguration, {}, {}};
    set |= at->second;
  }
  return set;
}

Result<Frames::Frame> Frames::frame(const InfoEntry& entry) const {
  Frame frame;
  auto kind = kind_of(entry.text("kind"));
  auto unless = senses(entry.text("unless"), ' '), near = senses(entry.text("near"), ' '), stops = senses(entry.text("stops"), ' ');
  if (!kind || unless.if_error() || near.if_error() || stops.if_error()) return Error{ErrorCode::kConfiguration, {}, {}};
  frame.kind = *kind;
  frame.replacement = entry.text("to");
  frame.unless = *unless;
  frame.near = *near;
  frame.stops = *stops;
  std::optional<std::size_t> gap;
  std::optional<std::size_t> cut_to;
  std::string find = entry.text("find");
  for (std::string_view word : split(find, ' ')) {
    if (word == "^") {
      frame.from_begin = true;
    } else if (word == "$") {
      frame.to_end = true;
      frame.end_gap = gap.value_or(0);
    } else if (word == "[") {
      frame.cut_from = frame.steps.size();
      frame.gap_is_cut = !gap;
      continue;
    } else if (word == "]") {
      cut_to = frame.steps.size();
      if (!frame.to_end) frame.reach_right = gap.value_or(0);
    } else if (auto characters = number(word)) {
      gap = characters;
      continue;
    } else {
      auto any = senses(word, '|');
      if (any.if_error()) return *any.if_error();
      frame.steps.push_back({*any, gap.value_or(0)});
    }
    gap.reset();
  }
  frame.cut_to = cut_to.value_or(frame.steps.size());
  bool cuts_nothing = frame.cut_from >= frame.cut_to && !(frame.to_end && frame.gap_is_cut && frame.cut_from == frame.steps.size());
  if (frame.steps.empty() || cuts_nothing) return Error{ErrorCode::kConfiguration, {}, {}};
  for (const Step& step : frame.steps) frame.needed |= (step.senses & (step.senses - 1)) == 0 ? step.senses : 0;
  return frame;
}

Result<Frames::Run> Frames::run(const InfoEntry& entry) const {
  auto kind = kind_of(entry.text("kind"));
  auto of = senses(entry.text("of"), ' '), with = senses(entry.text("with"), ' '), also = senses(entry.text("and"), ' '), unless = senses(entry.text("unless"), ' ');
  if (!kind || of.if_error() || with.if_error() || also.if_error() || unless.if_error()) return Error{ErrorCode::kConfiguration, {}, {}};
  return Run{*kind, entry.text("to"), *of, *with, *also, *unless};
}

// Of words within a word of `nothing` none counts, of words that begin at one place and mean the same the longest; by place.
std::vector<Frames::Hit> Frames::hits(std::u32string_view text, const std::vector<NamedPerson>& people, const std::vector<FoundPlace>& places) const {
  std::vector<Hit> all;
  std::vector<std::size_t> nothing_until(text.size());  // where a word of `nothing` that begins here ends
  words_.each_hit(text, [&](std::size_t end, std::size_t length, std::uint32_t value) {
    if (meanings_[value] & nothing_) nothing_until[end - length] = std::max(nothing_until[end - length], end);
    all.push_back({end - length, end, meanings_[value]});
  });
  std::size_t until = 0;
  std::vector<std::size_t> covered(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) covered[i] = until = std::max(until, nothing_until[i]);
  std::erase_if(all, [&](const Hit& hit) { return hit.senses == nothing_ || ((hit.senses & nothing_) == 0 && hit.end <= covered[hit.start]); });
  std::vector<Senses> begins(text.size() + 1);
  for (const Hit& hit : all) begins[hit.start] |= hit.senses;
  for (const NamedPerson& person : people) {
    bool at_home = (begins[person.end] & house_) != 0, owns = (begins[person.end] & of_) != 0;  // 雷军家, 雷军的
    all.push_back({person.start, person.end, person.is_pupil ? child_ : owns ? kin_ : kin_ | adult_});
    if (at_home) all.push_back({person.start, person.end + 1, residence_});
  }
  for (const FoundPlace& place : places) all.push_back({place.start, place.end, landmark_ | unit_});
  std::sort(all.begin(), all.end(), [](const Hit& a, const Hit& b) { return a.start != b.start ? a.start < b.start : a.end > b.end; });
  auto same = [](const Hit& a, const Hit& b) { return a.start == b.start && a.senses == b.senses; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

std::vector<FramedPhrase> Frames::find(const FoldedText& folded, const std::vector<NamedPerson>& people, const std::vector<FoundPlace>& places) const {
  std::u32string_view text = folded.text();
  std::vector<Hit> all = hits(text, people, places);
  std::vector<FramedPhrase> found;
  std::vector<Clause> sentence;
  std::vector<Found> phrases;
  Clause clause{0, 0, {}, 0, 0};
  auto next = all.begin();
  for (std::size_t i = 0; i <= text.size(); ++i) {
    bool is_mark = i == text.size() || (ends_clause(text[i]) && !is_quoted_word(text, i));
    if (!is_mark && i - clause.start < kLongestClause) continue;
    clause.end = i;
    for (; next != all.end() && next->start < i; ++next) {
      if (next->end > i) continue;
      clause.hits.push_back(*next);
      clause.senses |= next->senses;
    }
    forget_subject(clause);
    clause.sentence |= clause.senses;
    if (!clause.hits.empty()) look(clause, sentence.size(), phrases);
    Clause following{is_mark ? i + 1 : i, i, {}, 0, clause.sentence};
    if (!clause.hits.empty() && clause.hits.back().end == i && (clause.hits.back().senses & adult_) != 0 && i < text.size() && text[i] == ',') {
      following.hits.push_back({following.start, following.start, kin_ | adult_});
      following.senses = kin_ | adult_;
    }
    sentence.push_back(std::move(clause));
    if (i == text.size() || ends_sentence(text[i]) || sentence.size() >= kLongestSentence) {
      go_on(text, sentence, phrases);
      for (const Found& one : phrases) found.push_back(one.phrase);
      look_for_runs(sentence, found);
      sentence.clear();
      phrases.clear();
      following = {following.start, i, {}, 0, 0};
    }
    clause = std::move(following);
  }
  return found;
}

// Somebody else begins to act: 我告诉妈妈，|孩子进步不小.
void Frames::forget_subject(Clause& clause) const {
  bool is_carried = clause.hits.size() > 1 && clause.hits[0].end == clause.hits[0].start;
  if (!is_carried || clause.hits[1].start > clause.start || (clause.hits[1].senses & (kin_ | child_)) == 0) return;
  clause.hits.erase(clause.hits.begin());
  clause.senses = 0;
  for (const Hit& hit : clause.hits) clause.senses |= hit.senses;
}

// What is told of somebody goes on while nobody else begins to act: 他妈在精神病院，|住了六年了，一年看两回.
void Frames::go_on(std::u32string_view text, const std::vector<Clause>& sentence, std::vector<Found>& phrases) const {
  for (Found& one : phrases) {
    if (one.stops == 0 || sentence[one.clause].end - one.phrase.end > kLongestRest) continue;
    for (std::size_t i = one.clause + 1; i < sentence.size() && i <= one.clause + kMostPredicates; ++i) {
      bool is_next = text[sentence[i - 1].end] == ',' && sentence[i].start == sentence[i - 1].end + 1;
      if (!is_next || (sentence[i].senses & one.stops) != 0 || sentence[i].end - sentence[i].start > kLongestPredicate) break;
      one.phrase.end = sentence[i].end;
    }
  }
}

void Frames::look(const Clause& clause, std::size_t place, std::vector<Found>& found) const {
  Taken taken;
  bool is_long = clause.end - clause.start > kLongSaying;
  for (const Frame& frame : frames_) {
    Senses around = frame.near == 0 ? clause.senses : clause.sentence;
    bool fits = (frame.needed & ~clause.senses) == 0 && (is_long || (frame.unless & around) == 0) && (frame.near == 0 || (frame.near & around) != 0);
    if (!fits) continue;
    for (const Hit& first : clause.hits) {
      if ((first.senses & frame.steps[0].senses) == 0) continue;
      if (frame.from_begin && first.start - clause.start > frame.steps[0].gap) break;
      taken.assign(1, &first);
      if (!follow(clause, frame, taken) || (is_long && (senses_around(clause, taken) & frame.unless) != 0)) continue;
      found.push_back({phrase(clause, frame, taken), place, frame.stops});
    }
  }
}

Senses Frames::senses_around(const Clause& clause, const Taken& taken) const {
  Senses around = 0;
  for (const Hit& hit : clause.hits) {
    if (hit.end + kAround > taken.front()->start && hit.start < taken.back()->end + kAround) around |= hit.senses;
  }
  return around;
}

void Frames::look_for_runs(const std::vector<Clause>& sentence, std::vector<FramedPhrase>& found) const {
  for (const Run& run : runs_) {
    auto belongs = [&](const Clause& clause) { return (clause.senses & run.of) != 0 && (clause.senses & run.unless) == 0; };
    for (auto begin = sentence.begin(); begin != sentence.end();) {
      auto end = std::find_if_not(begin, sentence.end(), belongs);
      Senses senses = 0;
      for (auto at = begin; at != end; ++at) senses |= at->senses;
      if (end - begin >= 2 && (senses & run.with) != 0 && (run.also == 0 || (senses & run.also) != 0)) {
        found.push_back({place_start(*begin, run.of), std::prev(end)->end, run.kind, run.replacement});
      }
      begin = end == sentence.end() ? end : end + 1;
    }
  }
}

// Who lives there stays: 欧阳雪家住|八景镇上保村.
std::size_t Frames::place_start(const Clause& clause, Senses of) const {
  std::size_t start = clause.start;
  for (const Hit& hit : clause.hits) {
    if (hit.senses & (kin_ | child_ | residence_)) start = std::max(start, hit.end);
    else if (hit.senses & of) break;
  }
  return start < clause.end ? start : clause.start;
}

// Takes the furthest word that fits each step, so that as much as possible is found.
bool Frames::follow(const Clause& clause, const Frame& frame, Taken& taken) const {
  if (taken.size() == frame.steps.size()) return !frame.to_end || clause.end - taken.back()->end <= frame.end_gap;
  const Step& step = frame.steps[taken.size()];
  std::size_t from = taken.back()->end;
  auto last = std::upper_bound(clause.hits.begin(), clause.hits.end(), from + step.gap, [](std::size_t place, const Hit& hit) { return place < hit.start; });
  while (last != clause.hits.begin() && (--last)->start >= from) {
    if ((last->senses & step.senses) == 0) continue;
    taken.push_back(&*last);
    if (follow(clause, frame, taken)) return true;
    taken.pop_back();
  }
  return false;
}

FramedPhrase Frames::phrase(const Clause& clause, const Frame& frame, const Taken& taken) const {
  std::size_t start = frame.gap_is_cut && frame.cut_from > 0 ? taken[frame.cut_from - 1]->end : taken[frame.cut_from]->start, end = taken[frame.cut_to - 1]->end;
  if (frame.cut_from > 0) {
    // Begins behind a step, and behind all that says that somebody lives there: 小满家|住|枫林路.
    std::size_t place = frame.cut_from < taken.size() ? taken[frame.cut_from]->start : start;
    for (const Hit& hit : clause.hits) {
      if (frame.kind == Kind::kAddress && (hit.senses & residence_) != 0 && hit.end <= place) start = std::max(start, hit.end);
    }
  } else if (frame.from_begin) {
    start = frame.kind == Kind::kAddress ? place_start(clause, frame.steps[0].senses) : clause.start;
  } else {
    std::size_t stop = std::max(clause.start, start - std::min(start, frame.steps[0].gap));
    for (const Hit& hit : clause.hits) {
      if (hit.end <= start && (hit.senses & halt_) != 0) stop = std::max(stop, hit.end);
    }
    start = stop;
  }
  if (frame.cut_to == frame.steps.size()) end = frame.to_end ? clause.end : std::min(clause.end, end + frame.reach_right);
  return {start, end, frame.kind, frame.replacement};
}

}  // namespace shide::privacy
