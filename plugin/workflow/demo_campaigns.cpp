// The two campaigns with plan, rosters and who has read the rules; then the visits of both years.
#include <algorithm>
#include <set>

#include "workflow/campaign.h"
#include "workflow/demo_photo.h"
#include "workflow/demo_rows.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using model::Campaign;
using model::Place;
using model::Visit;
using model::VisitRecord;
using ports::Unit;

Result<void> add_campaign(DemoRows& rows, Unit& unit, const InfoEntry& entry) {
  Time announced = DemoRows::time(entry, "announced_at");
  Campaign campaign;
  campaign.school_year = entry.value;
  campaign.term = entry.text("term", "1") == "2" ? 2 : 1;
  campaign.title = entry.text("title");
  campaign.other_title = entry.text("other_title");
  campaign.theme = entry.text("theme");
  campaign.purpose = entry.text("purpose");
  campaign.plan_text = entry.text("plan_text");
  campaign.issued_by = entry.text("issued_by");
  campaign.issued_on = parse_date(entry.text("issued_on"));
  campaign.publisher = entry.text("publisher");
  campaign.source = entry.text("source");
  campaign.visit_from = parse_date(entry.text("visit_from")).value_or(Date{});
  campaign.visit_to = parse_date(entry.text("visit_to")).value_or(Date{});
  campaign.tentative = entry.text("tentative") == "true";
  campaign.tentative_note = entry.text("tentative_note");
  campaign.roster_due = parse_date(entry.text("roster_due")).value_or(Date{});
  campaign.upload_due = parse_date(entry.text("upload_due")).value_or(Date{});
  campaign.code_version = current_code_version();
  campaign.state = model::from_code<model::CampaignState>(entry.text("state")).value_or(model::CampaignState::kAnnounced);
  campaign.announced_at = announced;
  SHIDE_TRY(kept, rows.keep(unit, campaign, announced));
  rows.campaigns[entry.value] = kept;
  std::int64_t position = 0;
  for (const InfoEntry* basis : entry.all("basis")) {
    model::BasisDocument row{{}, kept.id, ++position, basis->text("title"), basis->text("issuer"), basis->text("number")};
    SHIDE_TRY(saved, rows.keep(unit, row, announced));
    (void)saved;
  }
  position = 0;
  for (const InfoEntry* stage : entry.all("stage")) {
    model::Stage row{{}, kept.id, ++position, stage->text("title"), stage->text("description"), parse_date(stage->text("from")), parse_date(stage->text("to"))};
    SHIDE_TRY(saved, rows.keep(unit, row, announced));
    (void)saved;
  }
  for (const auto& [name, teacher] : rows.teachers) {
    if (teacher.duty != model::Duty::kInPost) continue;
    model::CodeAcceptance row{{}, kept.id, teacher.id, kept.code_version, announced + kDay};
    SHIDE_TRY(saved, rows.keep(unit, row, announced));
    (void)saved;
  }
  return unit.audit(kept, "state announced_at");
}

// A roster as one round left it: handed in, then accepted or sent back.
Result<void> fill_round(const DemoRows& rows, const InfoEntry& round, model::Roster& row) {
  SHIDE_TRY(leader, rows.account(round.text("submitted_by")));
  SHIDE_TRY(office, rows.account(round.text("decided_by")));
  row.state = model::from_code<model::RosterState>(round.text("state")).value_or(model::RosterState::kOpen);
  row.submitted_at = DemoRows::maybe_time(round, "submitted_at");
  row.submitted_by = leader.id;
  row.decided_at = DemoRows::maybe_time(round, "decided_at");
  row.decided_by = office.id;
  row.send_back_reason = round.text("send_back_reason");
  return {};
}

Result<void> save_round(Unit& unit, model::Roster& row) {
  SHIDE_CHECK(unit.of<model::Roster>().save(row));
  return unit.audit(row, row.state == model::RosterState::kSentBack ? "state send_back_reason" : "state");
}

Result<void> add_rosters(DemoRows& rows, Unit& unit, const InfoEntry& visits) {
  const Campaign& campaign = rows.campaigns.at("2020-2021");
  for (const InfoEntry* entry : visits.all("roster")) {
    model::Roster row;
    row.id = rows.next<model::Roster>(DemoRows::time(*entry, "submitted_at"));
    row.school_id = rows.school;
    row.campaign_id = campaign.id;
    row.grade_group_id = rows.groups.at("2020-2021 " + entry->value).id;
    row.school_year = "2020-2021";
    if (const InfoEntry* earlier = entry->child("earlier")) {
      SHIDE_CHECK(fill_round(rows, *earlier, row));
      SHIDE_CHECK(save_round(unit, row));
    }
    SHIDE_CHECK(fill_round(rows, *entry, row));
    SHIDE_CHECK(save_round(unit, row));
  }
  return {};
}

struct Family {
  std::string pupil, gender, guardian, relation, phone, address, care;
};

Family family_of(const InfoEntry& pupil) {
  const InfoEntry empty;
  const InfoEntry* guardian = pupil.child("guardian");
  if (!guardian) guardian = &empty;
  return {pupil.value, pupil.text("gender"), guardian->text("name"), guardian->text("relation"), guardian->text("phone"), guardian->text("address"), pupil.text("care")};
}

template <class T>
Result<void> keep_placed(DemoRows& rows, Unit& unit, T row, const Visit& visit, Time when) {
  row.place = visit.place;
  SHIDE_TRY(kept, rows.keep(unit, row, when));
  (void)kept;
  return {};
}

Result<Visit> add_visit(DemoRows& rows, Unit& unit, const std::string& year, const InfoEntry& entry, const Family& family, Time chosen_at) {
  const Campaign& campaign = rows.campaigns.at(year);
  const model::SchoolClass& one = rows.classes.at(year + " " + entry.value);
  Visit visit;
  visit.id = rows.next<Visit>(chosen_at);
  visit.place = {year, one.grade_group_id.value, one.id.value, visit.id.value};
  visit.campaign_id = campaign.id;
  visit.homeroom_teacher_id = one.homeroom_teacher_id;
  // Last year's pupils have left their classes; this year's stand in the register.
  visit.student_id = year == "2020-2021" ? rows.chosen_ids.at(entry.value) : rows.next<model::Student>(chosen_at);
  visit.state = model::from_code<model::VisitState>(entry.text("state", "recorded")).value_or(model::VisitState::kRecorded);
  visit.visited_at = DemoRows::maybe_time(entry, "visited_at");
  if (const InfoEntry* appointment = entry.child("appointment")) {
    visit.appointment_at = DemoRows::maybe_time(*appointment, "for");
    visit.mode_planned = model::from_code<model::VisitMode>(appointment->text("mode"));
  }
  SHIDE_TRY(kept, rows.keep(unit, visit, chosen_at));
  model::VisitedStudent student;
  student.student_id = kept.student_id;
  student.name = family.pupil;
  student.gender = family.gender;
  SHIDE_CHECK(keep_placed(rows, unit, student, kept, chosen_at));
  if (!family.guardian.empty()) {
    model::Guardian guardian;
    guardian.student_id = kept.student_id;
    guardian.name = family.guardian;
    guardian.relation = model::from_code<model::Relation>(family.relation).value_or(model::Relation::kOtherGuardian);
    guardian.phone = family.phone;
    guardian.address = family.address;
    SHIDE_CHECK(keep_placed(rows, unit, guardian, kept, chosen_at));
  }
  model::CareNote care;
  care.student_id = kept.student_id;
  for (const std::string& code : DemoRows::words(family.care)) {
    if (auto category = model::from_code<model::CareCategory>(code)) care.categories.insert(*category);
  }
  if (!care.categories.empty()) SHIDE_CHECK(keep_placed(rows, unit, care, kept, chosen_at));
  rows.visits[year + " " + entry.value] = kept;
  SHIDE_CHECK(unit.audit(kept, "student_id"));
  return kept;
}

Result<void> add_team(DemoRows& rows, Unit& unit, const InfoEntry& entry, const Visit& visit, Time when) {
  std::vector<std::string> came = DemoRows::words(entry.text("came")), confirmed = DemoRows::words(entry.text("confirmed"));
  auto in = [](const std::vector<std::string>& list, const std::string& name) { return std::find(list.begin(), list.end(), name) != list.end(); };
  bool visited = visit.visited_at.has_value();
  std::vector<std::string> names = DemoRows::words(entry.text("team"));
  std::copy_if(came.begin(), came.end(), std::back_inserter(names), [&](const std::string& name) { return !in(names, name); });
  for (const std::string& name : names) {
    SHIDE_TRY(teacher, rows.teacher(name));
    model::CoVisitor one;
    one.teacher_id = teacher.id;
    one.is_homeroom = teacher.id == visit.homeroom_teacher_id;
    if (visited) one.attendance = !came.empty() && !in(came, name) ? model::Attendance::kAbsent : model::Attendance::kCame;
    if (in(confirmed, name)) one.confirmed_at = DemoRows::maybe_time(entry, "submitted_at").value_or(*visit.visited_at + kHour);
    SHIDE_CHECK(keep_placed(rows, unit, one, visit, when));
  }
  return {};
}

Result<void> add_consents(DemoRows& rows, Unit& unit, const InfoEntry& appointment, const Visit& visit, const Id<model::Account>& by) {
  Time made = DemoRows::time(appointment, "made_at");
  std::pair<model::ConsentScope, std::string> asked[] = {{model::ConsentScope::kPhoto, appointment.text("photos")}, {model::ConsentScope::kRecord, appointment.text("text")}};
  for (const auto& [scope, word] : asked) {
    auto answer = model::from_code<model::ConsentAnswer>(word);
    if (!answer) continue;
    model::Consent consent;
    consent.student_id = visit.student_id;
    consent.scope = scope;
    consent.answer = *answer;
    consent.given_at = made;
    consent.wording = consent_wording(consent.scope);
    consent.noted_by = by;
    SHIDE_CHECK(keep_placed(rows, unit, consent, visit, made));
  }
  return {};
}

Result<void> add_record(DemoRows& rows, Unit& unit, const InfoEntry& entry, const Visit& visit, const std::string& writer) {
  SHIDE_TRY(own, rows.teacher(writer));
  auto state = model::from_code<model::RecordState>(entry.text("record", "accepted"));
  if (!state || !visit.visited_at) return {};
  VisitRecord record;
  record.id.value = visit.id.value;
  record.state = *state;
  record.visited_at = visit.visited_at;
  record.mode = model::from_code<model::VisitMode>(entry.text("mode")).value_or(model::VisitMode::kHome);
  record.narrative = entry.text("narrative");
  record.reflection = entry.text("reflection");
  for (const std::string& code : DemoRows::words(entry.text("topics", "family_education"))) {
    if (auto topic = model::from_code<model::OutreachTopic>(code)) record.topics.insert(*topic);
  }
  record.outside_window_reason = entry.text("outside_window_reason");
  record.late_preparation_reason = entry.text("late_preparation_reason");
  record.photo_waiver = entry.text("photo_waiver");
  record.submitted_at = DemoRows::maybe_time(entry, "submitted_at");
  record.saved_at = DemoRows::maybe_time(entry, "saved_at");
  if (!record.saved_at) record.saved_at = record.submitted_at;
  record.saved_by = own.id;
  if (record.submitted_at) record.submitted_by = own.id;
  const InfoEntry* review = entry.child("review");
  std::string reader = review ? review->text("by") : entry.text("accepted_by");
  if (!reader.empty()) {
    SHIDE_TRY(account, rows.account(reader));
    record.reviewed_by = account.id;
    record.reviewed_at = review ? DemoRows::maybe_time(*review, "at") : DemoRows::maybe_time(entry, "accepted_at");
    record.review_reason = review ? review->text("reason") : "";
  }
  if (record.state == model::RecordState::kAccepted) {
    bool late = !entry.text("late_preparation_reason").empty();
    record.preparation_mark = late ? 1 : 2;
    record.quality_marks = entry.text("quality", "21");
    rows.accepted.push_back(visit.id);
  }
  if (record.submitted_at) rows.submitted.push_back(visit.id);
  record.place = visit.place;
  SHIDE_TRY(kept, rows.keep(unit, record, record.saved_at.value_or(*visit.visited_at)));
  return unit.audit(kept, "state");
}

struct DrawnPhoto {
  ports::CleanPhoto clean;
  Id<model::Teacher> by;
};

/// Drawn, cleaned by the confined reader and stored, all outside the transaction.
Result<std::vector<DrawnPhoto>> draw_photos(DemoRows& rows, const InfoEntry& entry, std::map<std::string, ports::CleanPhoto>& drawn, std::uint64_t& seed) {
  std::vector<DrawnPhoto> photos;
  SHIDE_TRY(writer, rows.teacher(entry.text("writer", DemoRows::words(entry.text("team")).front())));
  int slot = 0;
  for (const InfoEntry* photo : entry.all("photo")) {
    ++slot;
    ports::CleanPhoto clean;
    if (auto same = drawn.find(photo->text("same_as")); same != drawn.end()) {
      clean = same->second;
    } else {
      SHIDE_TRY(read, rows.ports.photo_reader->read(draw_demo_photo(++seed)));
      clean = std::move(read);
      SHIDE_CHECK(rows.ports.photo_vault->put(clean.sha256, clean.jpeg));
    }
    drawn[entry.value + " " + std::to_string(slot)] = clean;
    photos.push_back({std::move(clean), writer.id});
  }
  return photos;
}

Result<void> add_photos(DemoRows& rows, Unit& unit, const Visit& visit, const std::vector<DrawnPhoto>& photos) {
  std::int64_t slot = 0;
  for (const DrawnPhoto& drawn : photos) {
    model::VisitPhoto photo;
    photo.slot = ++slot;
    photo.sha256 = drawn.clean.sha256;
    photo.source_sha256 = drawn.clean.source_sha256;
    photo.luma_grid = drawn.clean.luma_grid;
    photo.width = drawn.clean.width;
    photo.height = drawn.clean.height;
    photo.added_by = drawn.by;
    photo.added_at = *visit.visited_at + kHour;
    SHIDE_CHECK(keep_placed(rows, unit, photo, visit, photo.added_at));
  }
  return {};
}

Result<void> add_preparation(DemoRows& rows, Unit& unit, const InfoEntry& entry, const Visit& visit, const Id<model::Teacher>& by) {
  const InfoEntry* preparation = entry.child("preparation");
  model::Preparation row;
  row.text = preparation ? preparation->text("text") : entry.text("narrative");
  row.sealed_at = preparation ? DemoRows::maybe_time(*preparation, "at") : DemoRows::maybe_time(entry, "prepared_at");
  row.sealed_by = by;
  if (row.text.empty() || !row.sealed_at) return {};
  return keep_placed(rows, unit, row, visit, *row.sealed_at);
}

// What a family asked for last year: long answered, and carried back in time unless it was passed on too late.
Result<void> add_past_demands(DemoRows& rows, Unit& unit, const InfoEntry& entry, const Visit& visit) {
  for (const InfoEntry* one : entry.all("demand")) {
    SHIDE_TRY(owner, rows.account(one->text("owner")));
    model::Demand demand;
    demand.owner_id = owner.id;
    demand.owner_name = owner.name;
    demand.topic = model::from_code<model::DemandTopic>(one->text("topic")).value_or(model::DemandTopic::kOther);
    demand.text = one->value;
    demand.state = model::DemandState::kClosed;
    demand.heard_at = *visit.visited_at;
    demand.recorded_at = DemoRows::time(entry, "submitted_at");
    demand.passed_on_at = demand.heard_at + (one->text("late") == "true" ? 9 : 1) * kDay;
    demand.answer = one->text("answer");
    demand.answered_at = *demand.passed_on_at + 2 * kDay;
    demand.carried_back_at = *demand.answered_at + kDay;
    demand.reply = model::GuardianReply::kSatisfied;
    SHIDE_CHECK(keep_placed(rows, unit, demand, visit, demand.heard_at));
  }
  return {};
}

}  // namespace

Result<void> add_demo_campaigns(DemoRows& rows) {
  SHIDE_TRY(school, DemoRows::file("school"));
  for (const InfoEntry* entry : school.all("campaign")) {
    SHIDE_CHECK(rows.write("campaign", [&](Unit& unit) { return add_campaign(rows, unit, *entry); }));
  }
  return {};
}

Result<void> add_demo_last_year(DemoRows& rows) {
  SHIDE_TRY(file, DemoRows::file("last_year"));
  for (const InfoEntry* entry : file.all("visit")) {
    SHIDE_CHECK(rows.write("last_year", [&](Unit& unit) -> Result<void> {
      Time chosen = DemoRows::time(*entry, "prepared_at");
      SHIDE_TRY(visit, add_visit(rows, unit, "2019-2020", *entry, {entry->text("pupil"), entry->text("gender"), "", "", "", "", ""}, chosen));
      // Everybody of a finished year has confirmed.
      InfoEntry whole = *entry;
      whole.children.push_back({"confirmed", entry->text("team"), 0, {}});
      SHIDE_CHECK(add_team(rows, unit, whole, visit, chosen));
      std::string writer = DemoRows::words(entry->text("team")).front();
      SHIDE_TRY(teacher, rows.teacher(writer));
      SHIDE_CHECK(add_preparation(rows, unit, *entry, visit, teacher.id));
      SHIDE_CHECK(add_past_demands(rows, unit, *entry, visit));
      return add_record(rows, unit, *entry, visit, writer);
    }));
  }
  return {};
}

Result<void> add_demo_visits(DemoRows& rows) {
  SHIDE_TRY(file, DemoRows::file("visits"));
  SHIDE_CHECK(rows.write("rosters", [&](Unit& unit) { return add_rosters(rows, unit, file); }));
  std::map<std::string, ports::CleanPhoto> drawn;
  std::uint64_t seed = 0;
  for (const InfoEntry* entry : file.all("visit")) {
    SHIDE_TRY(photos, draw_photos(rows, *entry, drawn, seed));
    SHIDE_CHECK(rows.write("visit", [&](Unit& unit) -> Result<void> {
      Time chosen = time_of(*make_date(2021, 1, 18), 10);
      SHIDE_TRY(visit, add_visit(rows, unit, "2020-2021", *entry, family_of(rows.chosen.at(entry->value)), chosen));
      SHIDE_CHECK(add_team(rows, unit, *entry, visit, chosen));
      std::string writer = entry->text("writer", DemoRows::words(entry->text("team")).front());
      SHIDE_TRY(teacher, rows.teacher(writer));
      SHIDE_TRY(account, rows.account(writer));
      if (const InfoEntry* appointment = entry->child("appointment")) SHIDE_CHECK(add_consents(rows, unit, *appointment, visit, account.id));
      SHIDE_CHECK(add_preparation(rows, unit, *entry, visit, teacher.id));
      if (visit.visited_at) SHIDE_CHECK(add_photos(rows, unit, visit, photos));
      SHIDE_CHECK(add_record(rows, unit, *entry, visit, writer));
      if (const InfoEntry* gift = entry->child("gift")) {
        SHIDE_TRY(by, rows.teacher(gift->text("by")));
        model::GiftReport report;
        report.reported_by = by.id;
        report.text = gift->text("text");
        report.reported_at = DemoRows::time(*gift, "reported_at");
        SHIDE_CHECK(keep_placed(rows, unit, report, visit, report.reported_at));
      }
      return {};
    }));
  }
  // What follows in life from accepting and handing in follows here by the same jobs.
  return rows.write("events", [&](Unit& unit) -> Result<void> {
    for (const auto& visit : rows.accepted) SHIDE_CHECK(unit.enqueue("record.accepted", visit.value));
    for (const auto& visit : rows.submitted) SHIDE_CHECK(unit.enqueue("record.submitted", visit.value));
    return unit.audit("visits", rows.accepted.front().value, "jobs", "");
  });
}

}  // namespace shide::workflow
