#include "workflow/retention.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/job.h"
#include "workflow/lease.h"
#include "workflow/memberships.h"

namespace shide::workflow {
namespace {

using model::Consent;
using model::DataKind;
using model::Demand;
using model::DemandState;
using model::Guardian;
using model::Rating;
using model::Student;
using model::Visit;
using model::VisitPhoto;
using ports::Query;
using ports::Unit;

constexpr const char* kJob = "keep_retention";
constexpr std::int64_t kRegisterLines = 1000;

struct TermEnd {
  int month = 0, day = 0;
};
struct Periods {
  int contact_days = 0, record_years = 0, grades = 0, consent_years = 0, rating_years = 0;
  std::vector<TermEnd> term_ends;
};

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size() || number < 0 || number > 3660) return std::nullopt;
  return number;
}

Result<Periods> periods() {
  Error wrong{ErrorCode::kConfiguration, {"retention.no_periods"}, "schema/rules/retention.info makes no sense"};
  SHIDE_TRY(file, parse_info(resource("schema/rules/retention.info").value_or(""), "retention.info"));
  const InfoEntry* entry = file.child("retention");
  if (!entry) return wrong;
  Periods found;
  std::pair<const char*, int*> numbers[] = {{"contact_days", &found.contact_days}, {"record_years", &found.record_years}, {"grades", &found.grades},
                                            {"consent_years", &found.consent_years}, {"rating_years", &found.rating_years}};
  for (auto& [name, into] : numbers) {
    auto number = number_in(entry->text(name));
    if (!number) return wrong;
    *into = *number;
  }
  const std::string ends = entry->text("term_ends");
  for (std::string_view end : split(ends, ' ')) {
    auto month = number_in(end.substr(0, 2)), day = number_in(end.size() == 5 ? end.substr(3) : "");
    if (!month || !day || !make_date(2021, *month, *day)) return wrong;
    found.term_ends.push_back({*month, *day});
  }
  if (found.term_ends.size() < 2) return wrong;
  return found;
}

int year_of(Date day) { return *number_in(to_text(day).substr(0, 4)); }

/// The end of the term after the one a day belongs to.
Date end_of_next_term(Date day, const Periods& periods) {
  std::vector<Date> ends;
  for (int year = year_of(day); year <= year_of(day) + 2; ++year) {
    for (const TermEnd& end : periods.term_ends) ends.push_back(*make_date(year, end.month, end.day));
  }
  std::sort(ends.begin(), ends.end());
  return *(std::lower_bound(ends.begin(), ends.end(), day) + 1);
}

/// 31 August some years after the school year "2020-2021" has ended; nothing for a text that is no school year.
std::optional<Date> end_of_school_year(std::string_view school_year, std::int64_t later) {
  auto year = number_in(school_year.size() == 9 ? school_year.substr(5) : "");
  return year ? make_date(static_cast<int>(*year + later), 8, 31) : std::nullopt;
}

std::optional<Date> years_after(Time time, int years) {
  std::string day = to_text(date_of(time));
  auto same_day = parse_date(std::to_string(year_of(date_of(time)) + years) + day.substr(4));
  return same_day ? same_day : make_date(year_of(date_of(time)) + years, 3, 1);  // 29 February
}

class Finder {
 public:
  Finder(Unit& unit, const Id<model::School>& school, const Periods& periods, Date today) : unit_(unit), school_(school), periods_(periods), today_(today) {}

  Result<std::vector<Overdue>> find() {
    SHIDE_TRY(visits, unit_.of<Visit>().list({}, reach(DataKind::kVisit)));
    for (const Visit& visit : visits) visits_[visit.id.value] = visit;
    SHIDE_CHECK(find_contacts());
    SHIDE_CHECK(find_photos());
    SHIDE_CHECK(find_records());
    SHIDE_CHECK(find_consents());
    SHIDE_CHECK(find_ratings());
    return std::move(found_);
  }

 private:
  model::Reach reach(DataKind kind) const { return privacy::reach_for_job(school_, kind, kJob); }
  void add(Perishable what, const std::string& id, std::optional<Date> until) {
    if (until && *until < today_) found_.push_back({what, id, *until});
  }

  // A visit that never took place has served when its campaign is over.
  Result<void> find_contacts() {
    SHIDE_TRY(demands, unit_.of<Demand>().list({}, reach(DataKind::kDemand)));
    std::set<std::string> waiting;
    for (const Demand& one : demands) {
      if (one.state != DemandState::kClosed && one.state != DemandState::kOutOfScope) waiting.insert(one.place.visit_id);
    }
    SHIDE_TRY(campaigns, unit_.of<model::Campaign>().list({}));
    std::map<std::string, Date> over;
    for (const model::Campaign& one : campaigns) over[one.id.value] = one.visit_to;
    SHIDE_TRY(guardians, unit_.of<Guardian>().list({}, reach(DataKind::kGuardianContact)));
    for (const Guardian& one : guardians) {
      auto visit = visits_.find(one.place.visit_id);
      if ((one.phone.empty() && one.address.empty()) || visit == visits_.end() || waiting.count(one.place.visit_id)) continue;
      Date served = visit->second.visited_at ? date_of(*visit->second.visited_at) : over[visit->second.campaign_id.value];
      add(Perishable::kContact, one.id.value, Date{served.days + periods_.contact_days});
    }
    return {};
  }

  Result<void> find_photos() {
    SHIDE_TRY(photos, unit_.of<VisitPhoto>().list({}, reach(DataKind::kPhoto)));
    for (const VisitPhoto& one : photos) add(Perishable::kPhoto, one.id.value, end_of_next_term(date_of(one.added_at), periods_));
    return {};
  }

  Result<void> find_records() {
    SHIDE_TRY(groups, unit_.of<model::GradeGroup>().list({}));
    std::map<std::string, std::int64_t> grades;
    for (const model::GradeGroup& one : groups) grades[one.id.value] = one.grade;
    SHIDE_TRY(students, unit_.of<model::VisitedStudent>().list({}, reach(DataKind::kStudentName)));
    std::map<std::string, Date> last;
    for (const model::VisitedStudent& one : students) {
      if (one.name.empty()) continue;  // forgotten already
      std::int64_t grade = grades[one.place.grade_group_id];
      auto until = end_of_school_year(one.place.school_year, std::max<std::int64_t>(periods_.grades - grade, 0) + periods_.record_years);
      if (until) last[one.student_id.value] = std::max(last[one.student_id.value], *until);
    }
    for (const auto& [student, until] : last) add(Perishable::kRecord, student, until);
    return {};
  }

  Result<void> find_consents() {
    SHIDE_TRY(consents, unit_.of<Consent>().list({}, reach(DataKind::kConsent)));
    for (const Consent& one : consents) {
      if (one.withdrawn_at) add(Perishable::kConsent, one.id.value, years_after(*one.withdrawn_at, periods_.consent_years));
    }
    return {};
  }

  Result<void> find_ratings() {
    SHIDE_TRY(appraisals, unit_.of<model::Appraisal>().list({}));
    std::map<std::string, std::string> years;
    for (const model::Appraisal& one : appraisals) years[one.id.value] = one.school_year;
    SHIDE_TRY(ratings, unit_.of<Rating>().list({}, reach(DataKind::kScore)));
    for (const Rating& one : ratings) add(Perishable::kRating, one.id.value, end_of_school_year(years[one.appraisal_id.value], periods_.rating_years));
    return {};
  }

  Unit& unit_;
  const Id<model::School>& school_;
  const Periods& periods_;
  Date today_;
  std::map<std::string, Visit> visits_;
  std::vector<Overdue> found_;
};

/// One piece, in a transaction of its own. Nothing when somebody was faster.
class Destroyer {
 public:
  Destroyer(ports::Ports& ports, const Id<model::School>& school) : ports_(ports), actor_(job_actor(school, kJob)) {}

  Result<bool> destroy(const Overdue& one) {
    ports::Store& store = *ports_.store;
    switch (one.what) {
      case Perishable::kContact: return gone(store.transact(actor_, "destroy_contact", [&](Unit& unit) { return empty_contact(unit, one); }));
      case Perishable::kPhoto: return destroy_photo(one);
      case Perishable::kRecord: return gone(store.transact(actor_, "destroy_record", [&](Unit& unit) { return forget(unit, one); }));
      case Perishable::kConsent:
        return gone(store.transact(actor_, "destroy_consent", [&](Unit& unit) { return erase<Consent>(unit, one, DataKind::kConsent, "answer"); }));
      case Perishable::kRating:
        return gone(store.transact(actor_, "destroy_rating", [&](Unit& unit) { return erase<Rating>(unit, one, DataKind::kScore, "value"); }));
    }
    return internal_error("nothing of that kind is destroyed");
  }

 private:
  model::Reach reach(DataKind kind) const { return privacy::reach_for_job(actor_.school, kind, kJob); }
  static std::string reason(const Overdue& one) { return to_text(one.wanted_until); }
  static Result<bool> gone(const Result<void>& done) {
    if (done.ok()) return true;
    if (done.error().code == ErrorCode::kNotFound || done.error().code == ErrorCode::kStale) return false;
    return done.error();
  }

  Result<void> empty_contact(Unit& unit, const Overdue& one) {
    SHIDE_TRY(guardian, unit.of<Guardian>().load({one.object_id}, reach(DataKind::kGuardianContact)));
    guardian.phone.clear();
    guardian.address.clear();
    SHIDE_CHECK(unit.of<Guardian>().save(guardian));
    return unit.audit(guardian, "phone address", reason(one));
  }

  Result<void> forget(Unit& unit, const Overdue& one) {
    SHIDE_CHECK(unit.destroy_key({one.object_id}));
    SHIDE_CHECK(forget_classes(unit, actor_.school, {one.object_id}));
    Result<Student> student = unit.of<Student>().load({one.object_id}, reach(DataKind::kRegister));
    if (student) SHIDE_CHECK(unit.of<Student>().erase(*student));
    else if (student.error().code != ErrorCode::kNotFound) return student.error();
    return unit.audit("students", one.object_id, "name text", reason(one));
  }

  template <class T>
  Result<void> erase(Unit& unit, const Overdue& one, DataKind kind, std::string_view fields) {
    SHIDE_TRY(row, unit.of<T>().load({one.object_id}, reach(kind)));
    SHIDE_CHECK(unit.of<T>().erase(row));
    return unit.audit(row, fields, reason(one));
  }

  // The reference goes first: a picture that nothing names is found and removed, a name without its picture is damage.
  Result<bool> destroy_photo(const Overdue& one) {
    std::string unwanted;
    Result<void> done = ports_.store->transact(actor_, "destroy_photo", [&](Unit& unit) -> Result<void> {
      unwanted.clear();
      SHIDE_TRY(photo, unit.of<VisitPhoto>().load({one.object_id}, reach(DataKind::kPhoto)));
      SHIDE_CHECK(unit.of<VisitPhoto>().erase(photo));
      SHIDE_TRY(others, unit.of<VisitPhoto>().count(Query<VisitPhoto>{}.where(&VisitPhoto::sha256, photo.sha256), reach(DataKind::kPhoto)));
      if (others == 0) unwanted = photo.sha256;
      return unit.audit(photo, "sha256", reason(one));
    });
    SHIDE_TRY(is_gone, gone(done));
    if (is_gone && !unwanted.empty()) SHIDE_CHECK(ports_.photo_vault->remove(unwanted));
    return is_gone;
  }

  ports::Ports& ports_;
  model::Actor actor_;
};

}  // namespace

Result<int> grades_of_school() {
  SHIDE_TRY(kept, periods());
  return kept.grades;
}

Result<std::vector<Overdue>> due_for_destruction(ports::Ports& ports, const Id<model::School>& school) {
  SHIDE_TRY(kept, periods());
  Date today = date_of(ports.clock->now());
  return ports.store->read(job_actor(school, kJob), [&](Unit& unit) { return Finder(unit, school, kept, today).find(); });
}

Result<int> keep_retention(ports::Ports& ports) {
  SHIDE_TRY(schools, ports.store->read(job_actor({}, kJob), [](Unit& unit) { return unit.of<model::School>().list({}); }));
  int count = 0;
  for (const model::School& school : schools) {
    SHIDE_TRY(is_due, take_turn(ports, school.id, kJob, kDay));
    if (!is_due) continue;
    SHIDE_TRY(over, due_for_destruction(ports, school.id));
    Destroyer destroyer(ports, school.id);
    for (const Overdue& one : over) {
      SHIDE_TRY(is_gone, destroyer.destroy(one));
      if (is_gone) ++count;
    }
  }
  return count;
}

Result<std::vector<model::AuditEvent>> destroyed(ports::Ports& ports, const Id<model::School>& school) {
  std::vector<std::string> verbs = {"erase_student"};
  for (std::string_view verb : codes(Perishable{})) verbs.emplace_back(verb);
  return ports.store->read(job_actor(school, kJob), [&](Unit& unit) {
    return unit.of<model::AuditEvent>().list(Query<model::AuditEvent>{}.where_one_of(&model::AuditEvent::verb, verbs).newest_first().limit(kRegisterLines),
                                             privacy::reach_for_job(school, DataKind::kAudit, kJob));
  });
}

}  // namespace shide::workflow
