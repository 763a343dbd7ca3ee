// The plan of a home-visiting campaign, its code of conduct, and the roster of each grade group (annex 2).
#pragma once

#include "model/row.h"
#include "model/school.h"

namespace shide::model {

enum class CampaignState { kDraft, kAnnounced, kRosterOpen, kVisiting, kCollecting, kReviewing, kScored, kArchived, kSuspended, kCancelled };
constexpr auto codes(CampaignState) {
  return std::to_array<std::string_view>({"draft", "announced", "roster_open", "visiting", "collecting", "reviewing", "scored", "archived",
                                          "suspended", "cancelled"});
}

/// One campaign with its plan. Days are local dates, closed at 24:00 Asia/Shanghai.
struct Campaign : Row<Campaign> {
  std::string school_year;  // S5
  std::int64_t term = 1;
  std::string title;        // S5, S14
  std::string other_title;  // the bureau's name for the same thing, S15
  std::string theme;        // S17
  std::string purpose;      // S13
  std::string plan_text;    // the whole plan as announced
  std::string issued_by;    // S10
  std::optional<Date> issued_on;
  std::string publisher;    // S7
  std::string source;       // S6
  Date visit_from, visit_to;  // S18
  bool tentative = false;     // S19
  std::string tentative_note; // S20
  Date roster_due;            // S55
  Date upload_due;            // S74
  std::int64_t photos_required = 2;  // S51
  std::int64_t team_min = 2;         // S48, D4
  std::int64_t team_max = 3;
  bool homeroom_counts = true;
  std::int64_t per_class = 1;        // S47
  std::string code_version;          // of the five dos and five don'ts, S65
  CampaignState state = CampaignState::kDraft;
  std::optional<Time> announced_at;  // S8
};

/// S11, S12.
struct BasisDocument : Row<BasisDocument> {
  Id<Campaign> campaign_id;
  std::int64_t position = 0;
  std::string title;
  std::string issuer;
  std::string number;
};

/// S45..S52: what happens from when to when.
struct Stage : Row<Stage> {
  Id<Campaign> campaign_id;
  std::int64_t position = 0;
  std::string title;
  std::string description;
  std::optional<Date> from;
  std::optional<Date> to;
};

enum class PlanStep { kAnnounced, kConfirmed, kRescheduled, kSuspended, kResumed, kCancelled, kAmended };
constexpr auto codes(PlanStep) { return std::to_array<std::string_view>({"announced", "confirmed", "rescheduled", "suspended", "resumed", "cancelled", "amended"}); }

/// One version of an announced plan: what was decided and why, and the whole plan as it stood afterwards (S19, S20, S57).
struct PlanRevision : Row<PlanRevision> {
  Id<Campaign> campaign_id;
  std::int64_t number = 1;
  PlanStep step = PlanStep::kAnnounced;
  std::string reason;
  std::string document;     // the notice it rests on
  CampaignState state_before = CampaignState::kDraft;  // where a suspended campaign goes on
  std::string plan;         // visit::texts_of as JSON
  Time made_at;
  Id<Account> made_by;
  std::string made_by_name;
};

/// Somebody has been told of that version: once (S20, S45).
struct RevisionReading : Row<RevisionReading> {
  Id<PlanRevision> revision_id;
  Id<Account> account_id;
  Time read_at;
};

/// A teacher has read the ten rules of this version, once a campaign (S45, S65, S89..S98).
struct CodeAcceptance : Row<CodeAcceptance> {
  Id<Campaign> campaign_id;
  Id<Teacher> teacher_id;
  std::string code_version;
  Time accepted_at;
};

enum class RosterState { kOpen, kSubmitted, kAccepted, kSentBack };
constexpr auto codes(RosterState) { return std::to_array<std::string_view>({"open", "submitted", "accepted", "sent_back"}); }

/// Annex 2 of one grade group (S54, S99).
struct Roster : Row<Roster> {
  Id<Campaign> campaign_id;
  Id<GradeGroup> grade_group_id;
  std::string school_year;
  RosterState state = RosterState::kOpen;
  std::optional<Time> submitted_at;
  Id<Account> submitted_by;
  std::optional<Time> decided_at;
  Id<Account> decided_by;
  std::string send_back_reason;
  std::optional<Time> seat_asked_at;  // the grade leader asks for one seat more in a team (D4)
  std::int64_t seats_granted = 0;     // what the student office added to the campaign's team_max for this grade
};

enum class TeamRuleKind { kAway, kNotWith };
constexpr auto codes(TeamRuleKind) { return std::to_array<std::string_view>({"away", "not_with"}); }

/// What a grade leader has to respect when making teams: a colleague is away on some days, two do not go together. No reason is
/// kept (D5); only the grade leader and the student office see it.
struct TeamRule : Row<TeamRule> {
  Id<Campaign> campaign_id;
  std::string grade_group_id;
  TeamRuleKind kind = TeamRuleKind::kAway;
  Id<Teacher> teacher_id;
  Id<Teacher> other_id;            // of kNotWith
  std::optional<Date> from, to;    // of kAway, both days included
};

/// A colleague is asked for something and says yes or no; silence is neither.
enum class AskState { kAsked, kAccepted, kRefused, kWithdrawn };
constexpr auto codes(AskState) { return std::to_array<std::string_view>({"asked", "accepted", "refused", "withdrawn"}); }

/// An arts or sports teacher would like to come along with a class taught, or with a club there; its homeroom teacher answers
/// (S60, S61, S62).
struct TeamWish : Row<TeamWish> {
  Id<Campaign> campaign_id;
  Id<SchoolClass> class_id;
  Id<Teacher> teacher_id;
  AskState state = AskState::kAsked;
  Time asked_at;
  std::optional<Time> answered_at;
};

}  // namespace shide::model
