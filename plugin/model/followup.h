// What follows from visits: questions of form, things to put right.
#pragma once

#include "model/row.h"
#include "model/visit.h"

namespace shide::model {

enum class SignalKind { kSamePhoto, kOverlap, kCopiedNote };
constexpr auto codes(SignalKind) { return std::to_array<std::string_view>({"same_photo", "overlap", "copied_note"}); }
enum class SignalState { kRaised, kAsked, kReplied, kDecided };
constexpr auto codes(SignalState) { return std::to_array<std::string_view>({"raised", "asked", "replied", "decided"}); }
enum class SignalDecision { kNone, kExplained, kNeedsSupplement, kTrue };
constexpr auto codes(SignalDecision) { return std::to_array<std::string_view>({"none", "explained", "needs_supplement", "true"}); }

/// A suspicion is a question (D8): the teacher sees her own part, only the named decider sees both.
struct FormalismSignal : Row<FormalismSignal> {
  Place place;                  // of the visit that is asked about
  SignalKind kind = SignalKind::kSamePhoto;
  std::string other_visit_id;   // never shown to the teacher who is asked
  std::string evidence;         // a stored Phrase
  SignalState state = SignalState::kAsked;
  Id<Teacher> asked_teacher_id;
  Time asked_at;
  std::string reply;
  std::optional<Time> replied_at;
  SignalDecision decision = SignalDecision::kNone;
  std::string decision_reason;
  std::string document;         // number of the finding when true
  Id<Account> decided_by;
  std::string decided_by_name;
  std::optional<Time> decided_at;
};

enum class RectificationState { kOpen, kSubmitted, kSignedOff };
constexpr auto codes(RectificationState) { return std::to_array<std::string_view>({"open", "submitted", "signed_off"}); }

/// S85: content, owner, standard, measure, deadline; signed off by someone other than its owner.
struct Rectification : Row<Rectification> {
  std::string school_year;
  std::string grade_group_id;   // empty: the whole school
  Id<Demand> demand_id;         // what it was opened from, if a demand
  std::string problem;
  std::string measure;
  std::string standard;
  Id<Account> owner_id;
  std::string owner_name;
  Id<Account> opened_by;
  Time opened_at;
  Date due_on;
  RectificationState state = RectificationState::kOpen;
  std::string outcome;
  std::optional<Time> submitted_at;
  Id<Account> verified_by;
  std::string verified_by_name;
  std::optional<Time> verified_at;
};

}  // namespace shide::model
