#include "workflow/rating.h"

#include <algorithm>
#include <map>

#include "appraisal/rule_set.h"
#include "base/field_check.h"
#include "base/stale_edit.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/score_facts.h"

namespace shide::workflow {

using appraisal::Component;
using appraisal::RuleSet;
using model::Actor;
using model::Appraisal;
using model::DataKind;
using model::GradeGroup;
using model::Place;
using model::Rating;
using model::Teacher;
using ports::Query;
using ports::Unit;

namespace {

using Marks = std::map<std::pair<std::string, std::string>, Rating>;  // by teacher and component

bool rates(const Actor& actor) { return actor.has(model::Role::kEthicsCommittee); }

bool is_rated_as_a_whole(const Component& component) { return component.items.empty(); }

bool is_within(const appraisal::ComponentFact& fact, Decimal max) {
  auto fits = [&](Decimal mark) { return mark >= Decimal{} && mark <= max; };
  return (!fact.value || fits(*fact.value)) && std::all_of(fact.ballots.begin(), fact.ballots.end(), fits);
}

// A mark the rules do not know would count as missing, and nobody would see why.
void check_mark(FieldCheck& check, const std::string& path, const RuleSet& rules, const RatingForm& form) {
  const Component* judged = rules.component(form.component);
  if (!judged || !is_rated_as_a_whole(*judged)) return check.problem(path, {"field.not_offered"});
  auto fact = rating_fact(form.mark);
  if (!fact || !is_within(*fact, judged->max)) check.problem(path, {"appraisal.rating_wrong", {{"max", judged->max.to_text()}}});
}

Result<std::set<std::string>> co_visitors(Unit& unit, const Actor& actor, const std::string& school_year) {
  std::set<std::string> teachers = {actor.teacher.value};
  if (actor.teacher.empty()) return teachers;
  SHIDE_TRY(team, unit.of<model::CoVisitor>().list(Query<model::CoVisitor>{}.where(&Place::school_year, school_year),
                                                   privacy::reach_for_job(actor.school, DataKind::kVisit, "save_ratings")));
  std::set<std::string> visits;
  for (const auto& one : team) {
    if (one.teacher_id == actor.teacher) visits.insert(one.place.visit_id);
  }
  for (const auto& one : team) {
    if (visits.count(one.place.visit_id)) teachers.insert(one.teacher_id.value);
  }
  return teachers;
}

Result<Marks> marks_of(Unit& unit, const Actor& actor, const Id<Appraisal>& id) {
  SHIDE_TRY(ratings, unit.of<Rating>().list(Query<Rating>{}.where(&Rating::appraisal_id, id), privacy::reach(actor, DataKind::kScore)));
  Marks marks;
  for (Rating& one : ratings) {
    std::pair key{one.teacher_id.value, one.component};
    marks.emplace(std::move(key), std::move(one));
  }
  return marks;
}

std::string path_of(const RatingForm& form) { return "rating." + form.teacher_id + "." + form.component; }

/// What of a page is new, cleaned and checked.
Result<std::vector<RatingForm>> changes(const RuleSet& rules, const std::vector<RatingForm>& forms, const Marks& marks, const std::set<std::string>& own_team) {
  FieldCheck check;
  StaleEdit late;
  std::vector<RatingForm> fresh;
  for (RatingForm form : forms) {
    form.mark = check.line(path_of(form), form.mark, {0, 400});
    auto stored = marks.find({form.teacher_id, form.component});
    std::string standing = stored == marks.end() ? "" : stored->second.value;
    if (form.mark.empty() || form.mark == standing) continue;
    if (own_team.count(form.teacher_id)) check.problem(path_of(form), {"appraisal.own_rating"});
    else check_mark(check, path_of(form), rules, form);
    if (form.seen != standing) late.compare(path_of(form), standing, form.mark);
    fresh.push_back(std::move(form));
  }
  if (!check.fine()) return check.error();
  if (late.differs()) return late.error();
  return fresh;
}

}  // namespace

Result<RatingSheet> rating_sheet(ports::Ports& ports, const Actor& actor, const Id<Appraisal>& id, std::string_view grade_group) {
  if (!rates(actor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<RatingSheet> {
    RatingSheet sheet;
    SHIDE_TRY(run, unit.of<Appraisal>().load(id));
    sheet.appraisal = run;
    SHIDE_TRY(rules, appraisal::load_rule_set(run.rule_set_text, run.rule_set_key));
    for (const Component& component : rules.components) {
      if (is_rated_as_a_whole(component)) sheet.components.push_back(component.key);
    }
    SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, run.school_year).order_by(&GradeGroup::grade)));
    sheet.grade_groups = groups;
    bool known = std::any_of(groups.begin(), groups.end(), [&](const GradeGroup& one) { return one.id.value == grade_group; });
    if (known) sheet.grade_group_id = grade_group;
    else if (!groups.empty()) sheet.grade_group_id = groups.front().id.value;
    SHIDE_TRY(teachers, unit.of<Teacher>().list(Query<Teacher>{}.where(&Teacher::grade_group_id, sheet.grade_group_id)
        .where_not(&Teacher::duty, model::Duty::kLeft).order_by(&Teacher::staff_number)));
    SHIDE_TRY(marks, marks_of(unit, actor, id));
    for (Teacher& teacher : teachers) {
      RatingRow row{std::move(teacher), {}};
      for (const std::string& component : sheet.components) {
        auto stored = marks.find({row.teacher.id.value, component});
        row.marks.push_back(stored == marks.end() ? "" : stored->second.value);
      }
      sheet.rows.push_back(std::move(row));
    }
    return sheet;
  });
}

Result<int> save_ratings(ports::Ports& ports, const Actor& actor, const Id<Appraisal>& id, const std::vector<RatingForm>& forms) {
  if (!rates(actor)) return not_found();
  Time now = ports.clock->now();
  std::vector<Id<Rating>> ids(forms.size());
  for (auto& one : ids) one = new_id<Rating>(now);
  return ports.store->transact(actor, "save_ratings", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(run, unit.of<Appraisal>().load(id));
    SHIDE_TRY(rules, appraisal::load_rule_set(run.rule_set_text, run.rule_set_key));
    SHIDE_TRY(marks, marks_of(unit, actor, id));
    SHIDE_TRY(own_team, co_visitors(unit, actor, run.school_year));
    SHIDE_TRY(fresh, changes(rules, forms, marks, own_team));
    if (!fresh.empty() && run.state == model::AppraisalState::kClosed) return Error{ErrorCode::kInvalid, {"error.done_before"}};
    for (std::size_t i = 0; i < fresh.size(); ++i) {
      SHIDE_TRY(person, unit.of<Teacher>().load({fresh[i].teacher_id}));
      Rating rating;
      if (auto stored = marks.find({person.id.value, fresh[i].component}); stored != marks.end()) rating = stored->second;
      else rating.id = ids[i];
      rating.school_id = actor.school;
      rating.appraisal_id = id;
      rating.teacher_id = person.id;
      rating.component = fresh[i].component;
      rating.value = fresh[i].mark;
      SHIDE_CHECK(unit.of<Rating>().save(rating));
      SHIDE_CHECK(unit.audit(rating, "value"));
    }
    return static_cast<int>(fresh.size());
  });
}

}  // namespace shide::workflow
