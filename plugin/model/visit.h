// One visit: who is visited, by whom, what was prepared, written, photographed, asked for (annexes 2 and 3).
// What has different readers stands in different structs, so that a Reach covers whole tables.
#pragma once

#include "model/campaign.h"
#include "model/row.h"

namespace shide::model {

enum class VisitState { kChosen, kAssigned, kPrepared, kVisited, kRecorded, kDeclined, kUnreachable, kSubstituted, kCancelled };
constexpr auto codes(VisitState) {
  return std::to_array<std::string_view>({"chosen", "assigned", "prepared", "visited", "recorded", "declined", "unreachable", "substituted", "cancelled"});
}

enum class VisitMode { kHome, kNearby, kSchool, kAppointment, kPhone, kVideo, kLetter, kGathering };
constexpr auto codes(VisitMode) {
  return std::to_array<std::string_view>({"home", "nearby", "school", "appointment", "phone", "video", "letter", "gathering"});
}

/// The six of the plan (S25..S30); all are sensitive (S31).
enum class CareCategory { kMentalHealth, kEconomicHardship, kLearningDifficulty, kLeftBehindOrSingleParent, kMigrantFamily, kDisability };
constexpr auto codes(CareCategory) {
  return std::to_array<std::string_view>({"mental_health", "economic_hardship", "learning_difficulty", "left_behind_or_single_parent",
                                          "migrant_family", "disability"});
}

/// The four that shall enter the family (S66..S70).
enum class OutreachTopic { kPolicy, kLearningSupport, kFamilyEducation, kHealth };
constexpr auto codes(OutreachTopic) {
  return std::to_array<std::string_view>({"policy", "learning_support", "family_education", "health"});
}

/// A line of the roster and the visit that follows from it. A family's no is a state, not a failure (D7).
struct Visit : Row<Visit> {
  Place place;  // visit_id == id
  Id<Campaign> campaign_id;
  Id<Student> student_id;
  Id<Teacher> homeroom_teacher_id;
  VisitState state = VisitState::kChosen;
  std::optional<Time> appointment_at;  // S90
  std::optional<VisitMode> mode_planned;
  std::optional<Time> visited_at;
  std::string replaces_id;  // the visit of the same class whose family declined or could not be reached, if this one came for it
};

/// Who is visited, as the register said on that day.
struct VisitedStudent : Row<VisitedStudent> {
  Place place;
  Id<Student> student_id;
  std::string name;
  std::string gender;  // GB/T 2261.1: "1" boy, "2" girl, "" not stated
};

enum class Relation { kFather, kMother, kGrandparent, kOtherGuardian, kCarer };
constexpr auto codes(Relation) { return std::to_array<std::string_view>({"father", "mother", "grandparent", "other_guardian", "carer"}); }

/// For chosen pupils only, entered by the homeroom teacher (D12). Legal guardian and carer are told apart (D7).
struct Guardian : Row<Guardian> {
  Place place;
  Id<Student> student_id;
  std::string name;
  Relation relation = Relation::kFather;
  bool is_guardian = true;
  std::string phone;
  std::string address;
};

struct CareNote : Row<CareNote> {
  Place place;
  Id<Student> student_id;
  CodeSet<CareCategory> categories;
};

enum class Attendance { kPlanned, kCame, kAbsent };
constexpr auto codes(Attendance) { return std::to_array<std::string_view>({"planned", "came", "absent"}); }

/// One teacher of the team (S77). Credit waits for `confirmed_at`; silence is never consent.
struct CoVisitor : Row<CoVisitor> {
  Place place;
  Id<Teacher> teacher_id;
  bool is_homeroom = false;
  Attendance attendance = Attendance::kPlanned;
  std::optional<Time> confirmed_at;
};

/// A teacher of a team cannot go, and asks a colleague to take the place. No reason is kept (D5).
struct HandOver : Row<HandOver> {
  Id<Campaign> campaign_id;
  Id<Visit> visit_id;
  Id<SchoolClass> class_id;
  Id<Teacher> from_id, to_id;
  AskState state = AskState::kAsked;
  Time asked_at;
  std::optional<Time> answered_at;
};

/// S71, S89. Sealed by time: what is written after the visit is kept apart as late, with a reason.
struct Preparation : Row<Preparation> {
  Place place;
  std::string text;
  std::optional<Time> sealed_at;
  Id<Teacher> sealed_by;
};

enum class RecordState { kDraft, kSubmitted, kReturned, kAccepted };
constexpr auto codes(RecordState) { return std::to_array<std::string_view>({"draft", "submitted", "returned", "accepted"}); }

/// Annex 3, shared by the team (S76). The id is the visit's.
struct VisitRecord : Row<VisitRecord> {
  Place place;
  RecordState state = RecordState::kDraft;
  std::optional<Time> visited_at;           // S104
  std::optional<VisitMode> mode;            // S105
  std::string narrative;                    // S107
  std::string reflection;                   // S110
  CodeSet<OutreachTopic> topics;            // S66
  std::string alone_reason;                 // D4
  std::string outside_window_reason;
  std::string late_preparation_reason;
  std::string photo_waiver;                 // D7
  std::string no_demand;                    // "yes": the family raised nothing; "" not yet said
  std::optional<Time> saved_at;
  Id<Teacher> saved_by;
  std::optional<Time> submitted_at;
  Id<Teacher> submitted_by;
  std::optional<Time> reviewed_at;
  Id<Account> reviewed_by;
  std::string review_reason;                // of a send-back, shown to the writer in place
  std::int64_t preparation_mark = -1;       // the reviewer's choice 0, 1 or 2 of the rule set; -1 none
  std::string quality_marks;                // readers' judgements 0..25, separated by blanks; the rule set asks for two
};

struct VisitPhoto : Row<VisitPhoto> {
  Place place;
  std::int64_t slot = 1;       // 1 or 2 (S51)
  std::string sha256;          // of the clean bytes in the vault
  std::string source_sha256;   // of the bytes as sent
  std::string luma_grid;       // 256 bits, 64 hexadecimal characters
  std::int64_t width = 0, height = 0;
  Id<Teacher> added_by;
  Time added_at;
};

enum class DemandTopic { kHomework, kCanteen, kAfterSchool, kSafety, kTeaching, kPsychology, kFees, kDevices, kFacilities, kCommunication, kOther };
constexpr auto codes(DemandTopic) {
  return std::to_array<std::string_view>({"homework", "canteen", "after_school", "safety", "teaching", "psychology", "fees", "devices",
                                          "facilities", "communication", "other"});
}

enum class Urgency { kNormal, kUrgent, kSafety };
constexpr auto codes(Urgency) { return std::to_array<std::string_view>({"normal", "urgent", "safety"}); }

enum class DemandState { kRecorded, kAssigned, kAnswered, kClosed, kOutOfScope };
constexpr auto codes(DemandState) { return std::to_array<std::string_view>({"recorded", "assigned", "answered", "closed", "out_of_scope"}); }

enum class GuardianReply { kNone, kSatisfied, kMostlySatisfied, kNotSatisfied };
constexpr auto codes(GuardianReply) { return std::to_array<std::string_view>({"none", "satisfied", "mostly_satisfied", "not_satisfied"}); }

/// What a family asked for (S44, S96, S108): owner, date, answer, and the way back to the family.
struct Demand : Row<Demand> {
  Place place;
  DemandTopic topic = DemandTopic::kOther;
  Urgency urgency = Urgency::kNormal;
  std::string text;                  // the family's words
  DemandState state = DemandState::kRecorded;
  Time heard_at;
  std::string heard_early_reason;    // heard before the window: why
  Time recorded_at;
  std::optional<Time> passed_on_at;  // owed within 3 working days
  std::string owner_name;            // office or person who owes the answer
  Id<Account> owner_id;
  std::optional<Date> due_on;
  std::string answer;
  std::optional<Time> answered_at;
  std::optional<Time> carried_back_at;  // owed within 5 working days of the answer
  GuardianReply reply = GuardianReply::kNone;
};

enum class ConsentScope { kRecord, kPhoto, kPublish };
constexpr auto codes(ConsentScope) { return std::to_array<std::string_view>({"record", "photo", "publish"}); }
enum class ConsentAnswer { kGranted, kRefused, kWithdrawn };
constexpr auto codes(ConsentAnswer) { return std::to_array<std::string_view>({"granted", "refused", "withdrawn"}); }
enum class ConsentMeans { kPaper, kSpoken, kFamilyLink };
constexpr auto codes(ConsentMeans) { return std::to_array<std::string_view>({"paper", "spoken", "family_link"}); }

/// A guardian's word, per scope; one row a scope (D7, PIPL 29 and 31).
struct Consent : Row<Consent> {
  Place place;
  Id<Student> student_id;
  ConsentScope scope = ConsentScope::kRecord;
  ConsentAnswer answer = ConsentAnswer::kGranted;
  ConsentMeans means = ConsentMeans::kSpoken;
  Time given_at;
  Id<Account> noted_by;
  std::optional<Time> withdrawn_at;
  Id<Guardian> guardian_id;  // whose word it was; a carer cannot give it
  std::string wording;       // version of the text it was asked with
};

enum class GiftState { kReported, kHandled };
constexpr auto codes(GiftState) { return std::to_array<std::string_view>({"reported", "handled"}); }

/// A meal or present offered, told by the teacher (S97).
struct GiftReport : Row<GiftReport> {
  Place place;
  Id<Teacher> reported_by;
  std::string text;
  Time reported_at;
  GiftState state = GiftState::kReported;
  std::string outcome;
  Id<Account> handled_by;
  std::optional<Time> handled_at;
};

}  // namespace shide::model
