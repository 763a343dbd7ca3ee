// Phrases that tell of a family without naming it: an illness, a parting, a job, the way to the door. A sense is a class of
// words, a frame a row of senses within one clause; both are data: schema/rules/frames.info, which explains how to write them.
//
//     frame { kind workplace to "忙着工作" find "kin [ 10 work_place 8 work_verb ]" }   on  "爸爸在砖窑上夜班"  ->  在砖窑上夜班
//
// Immutable after reading, thread-safe. Time grows with the length of the text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/info_file.h"
#include "privacy/automaton.h"
#include "privacy/cut.h"
#include "privacy/folded_text.h"

namespace shide::privacy {

/// A set of senses, one bit each.
using Senses = std::uint64_t;

struct FramedPhrase {
  std::size_t start = 0;  // folded characters, end exclusive
  std::size_t end = 0;
  Kind kind = Kind::kHealth;
  std::string_view replacement;  // lives as long as the frames
};

/// A place found by its name or number: a word of landmark and unit.
struct FoundPlace {
  std::size_t start = 0;
  std::size_t end = 0;
};

/// Somebody the note names: a word of kin and adult or, of a pupil, of child.
struct NamedPerson {
  std::size_t start = 0;
  std::size_t end = 0;
  bool is_pupil = false;
};

class Frames {
 public:
  /// The frames of one parsed file; `name` is used in errors. Fails with the line of an unknown sense or kind.
  static Result<Frames> read(const InfoEntry& file, std::string_view name);

  /// Every phrase that a frame finds; they may overlap.
  std::vector<FramedPhrase> find(const FoldedText& text, const std::vector<NamedPerson>& people, const std::vector<FoundPlace>& places) const;

 private:
  struct Step {
    Senses senses = 0;    // any of them
    std::size_t gap = 0;  // most characters before it
  };
  struct Frame {
    Kind kind = Kind::kHealth;
    std::string replacement;
    std::vector<Step> steps;
    bool from_begin = false;      // ^: the first step's gap counts from the beginning of the clause
    bool to_end = false;          // $
    std::size_t end_gap = 0;
    std::size_t cut_from = 0;     // steps, end exclusive
    std::size_t cut_to = 0;
    bool gap_is_cut = false;      // the gap before cut_from
    std::size_t reach_right = 0;  // more characters at the right edge; at the left it is the gap of the first step
    Senses needed = 0;
    Senses unless = 0;
    Senses near = 0;
    Senses stops = 0;             // 0 = it does not go on
  };
  struct Run {
    Kind kind = Kind::kAddress;
    std::string replacement;
    Senses of = 0, with = 0, also = 0, unless = 0;
  };
  struct Hit {
    std::size_t start;
    std::size_t end;
    Senses senses;
  };
  struct Clause {
    std::size_t start;
    std::size_t end;
    std::vector<Hit> hits;  // by start
    Senses senses;
    Senses sentence;        // of the sentence up to here
  };
  using Taken = std::vector<const Hit*>;

  Result<Senses> senses(std::string_view words, char separator) const;
  Result<Frame> frame(const InfoEntry& entry) const;
  std::vector<Hit> hits(std::u32string_view text, const std::vector<NamedPerson>& people, const std::vector<FoundPlace>& places) const;
  Result<Run> run(const InfoEntry& entry) const;
  struct Found {
    FramedPhrase phrase;
    std::size_t clause;  // of its sentence
    Senses stops;
  };

  void look(const Clause& clause, std::size_t place, std::vector<Found>& found) const;
  void go_on(std::u32string_view text, const std::vector<Clause>& sentence, std::vector<Found>& phrases) const;
  void forget_subject(Clause& clause) const;
  Senses senses_around(const Clause& clause, const Taken& taken) const;
  void look_for_runs(const std::vector<Clause>& sentence, std::vector<FramedPhrase>& found) const;
  std::size_t place_start(const Clause& clause, Senses of) const;
  bool follow(const Clause& clause, const Frame& frame, Taken& taken) const;
  FramedPhrase phrase(const Clause& clause, const Frame& frame, const Taken& taken) const;

  std::map<std::string, Senses, std::less<>> senses_;
  Senses nothing_ = 0, halt_ = 0, kin_ = 0, adult_ = 0, child_ = 0, residence_ = 0, house_ = 0, of_ = 0, landmark_ = 0, unit_ = 0;
  Automaton words_;  // the value is an index into meanings_
  std::vector<Senses> meanings_;
  std::vector<Frame> frames_;
  std::vector<Run> runs_;
};

}  // namespace shide::privacy
