// The school and its people: who teaches, who learns, in which class and grade group.
#pragma once

#include "model/actor.h"
#include "model/row.h"

namespace shide::model {

struct Student;

struct School : Row<School> {
  std::string name;        // S1
  std::string short_name;  // in running text
  std::string site_name;   // the union site, S2
  std::string site_url;    // empty: no link
  std::string district_name;
  std::string breadcrumb;  // one "title|address" a line, S3
  std::string section_name;  // S75
  bool demo = false;
};

enum class GradeGroupKind { kGrade, kArtsSports };
constexpr auto codes(GradeGroupKind) { return std::to_array<std::string_view>({"grade", "arts_sports"}); }

/// S53; the arts and sports group lies across the grades (S63).
struct GradeGroup : Row<GradeGroup> {
  std::string school_year;
  std::string name;
  GradeGroupKind kind = GradeGroupKind::kGrade;
  std::int64_t grade = 0;  // 1..6; 0 for arts and sports
  Id<Teacher> leader_id;
};

struct SchoolClass : Row<SchoolClass> {
  std::string school_year;
  std::string name;  // with half-width brackets
  Id<GradeGroup> grade_group_id;
  Id<Teacher> homeroom_teacher_id;
  std::int64_t pupil_count = 0;
};

/// In post, or excused from visiting by a code without detail (D5).
enum class Duty { kInPost, kOnLeave, kSeconded, kPregnancy, kIllness, kLeft };
constexpr auto codes(Duty) { return std::to_array<std::string_view>({"in_post", "on_leave", "seconded", "pregnancy", "illness", "left"}); }

struct Teacher : Row<Teacher> {
  std::string staff_number;
  std::string name;
  std::string subject;
  Id<GradeGroup> grade_group_id;
  Duty duty = Duty::kInPost;
};

enum class AssignmentKind { kLesson, kClub };
constexpr auto codes(AssignmentKind) { return std::to_array<std::string_view>({"lesson", "club"}); }

/// Who teaches which class, or leads a club with pupils of that class (S60, S61).
struct TeachingAssignment : Row<TeachingAssignment> {
  std::string school_year;
  Id<Teacher> teacher_id;
  Id<SchoolClass> class_id;
  AssignmentKind kind = AssignmentKind::kLesson;
  std::string subject;
};

/// The register: names and classes of all pupils, needed by redaction; nothing more (D12).
struct Student : Row<Student> {
  Place place;  // visit_id stays empty
  std::string student_number;
  std::string name;
};

/// In which class a pupil was from when to when; the open one has no end (D12). What is about a visit keeps its own Place all the same.
struct ClassMembership : Row<ClassMembership> {
  Place place;  // visit_id stays empty
  Id<Student> student_id;
  Date from;
  std::optional<Date> to;  // the last day
};

enum class TeacherPostKind { kMember, kLeader, kHomeroom };
constexpr auto codes(TeacherPostKind) { return std::to_array<std::string_view>({"member", "leader", "homeroom"}); }

/// What a teacher was from when to when: of a grade group, its leader, the homeroom teacher of a class (D12).
struct TeacherPost : Row<TeacherPost> {
  std::string school_year;
  Id<Teacher> teacher_id;
  TeacherPostKind kind = TeacherPostKind::kMember;
  Id<GradeGroup> grade_group_id;
  Id<SchoolClass> class_id;  // of kHomeroom
  Date from;
  std::optional<Date> to;  // the last day
};

struct Account : Row<Account> {
  std::string login;
  std::string name;
  std::string password_hash;
  CodeSet<Role> roles;
  Id<Teacher> teacher_id;
  bool must_change_password = false;
  std::int64_t failures = 0;         // wrong passwords in a row
  std::optional<Time> locked_until;
  bool disabled = false;
  std::optional<Time> second_factor_at;  // since when a code of the phone is asked for after the password; none: it is not
};

/// The secret that an account shares with its owner's phone (RFC 6238). Until Account::second_factor_at is set it waits for its first code.
struct SecondFactor : Row<SecondFactor> {
  Id<Account> account_id;
  std::string secret;          // base32
  Time made_at;
  std::int64_t last_step = 0;  // whose code was taken last: it and those before it are not taken again
};

/// In place of a code when the phone is lost, once: the row goes when it is used. Only the hash is kept.
struct RecoveryCode : Row<RecoveryCode> {
  Id<Account> account_id;
  std::string code_hash;
};

/// The piece of paper that lets a colleague in once, to choose a password. Only the hash of its code is kept; a new one makes it void.
struct SignInSlip : Row<SignInSlip> {
  std::string code_hash;
  Id<Account> account_id;
  Time made_at;
  Time expires_at;
};

/// A login that nobody has, counted like one that somebody has. Only the hash is kept: people type passwords into the wrong field.
struct UnknownLogin : Row<UnknownLogin> {
  std::string login_hash;
  std::int64_t failures = 0;
  std::optional<Time> locked_until;
  Time refused_at;
};

struct Session : Row<Session> {
  std::string token_hash;  // SHA-256 of the cookie
  std::string csrf;
  Id<Account> account_id;
  Time created_at;
  Time seen_at;
  Time expires_at;
  std::string site_session;  // the session of the school's own site that it came from, by that site's hash; empty: by password
  std::optional<Time> second_factor_at;  // when the code of the phone was given; none: not yet, or none was asked for
};

/// A user of the school's own site who is an account of ours, linked by its holder: signed in there, with the password here.
struct SiteLink : Row<SiteLink> {
  std::string site_user;  // the site's own number of the user, which tells nobody's name
  Id<Account> account_id;
  Time linked_at;
};

/// A word of the school's own site that was taken once and is not taken again. Of a ticket it also holds who came, for a link.
struct UsedTicket : Row<UsedTicket> {
  std::string nonce;
  std::string site_user;
  std::string site_session;
  Time used_at;
};

/// The school's own site around our public pages, as it was last fetched and cleaned (base/page_shell.h).
struct ThemeShell : Row<ThemeShell> {
  std::string stylesheets;  // "media address" a line
  std::string style;        // what stood in the page itself
  std::string top;          // up to where our page stands
  std::string bottom;
  std::string body_class;
  std::string problem;      // the code of what was wrong the last time; empty: nothing
  std::optional<Time> fetched_at;  // the last time all was well
  Time tried_at;
};

/// For programs: HR's pull. The token itself is shown once and kept only as a hash.
struct ApiToken : Row<ApiToken> {
  std::string token_hash;
  std::string name;
  std::string scopes;  // separated by blanks
  Time created_at;
  std::optional<Time> expires_at;
  std::optional<Time> revoked_at;
};

/// The way into an installation that nobody administers yet: before there is a school, so school_id is empty. At most one.
struct SetupLink : Row<SetupLink> {
  std::string token_hash;  // SHA-256 of what stands in the link
  Time expires_at;
};

}  // namespace shide::model
