#include "workflow/companions.h"

#include <algorithm>

#include "privacy/reach.h"
#include "visit/roster_rules.h"
#include "workflow/campaign.h"

namespace shide::workflow {

using model::Actor;
using model::AskState;
using model::Campaign;
using model::CoVisitor;
using model::DataKind;
using model::GradeGroup;
using model::HandOver;
using model::Place;
using model::Roster;
using model::RosterState;
using model::SchoolClass;
using model::Teacher;
using model::TeachingAssignment;
using model::TeamRule;
using model::TeamWish;
using model::Visit;
using model::VisitState;
using ports::Query;
using ports::Unit;

namespace {

Error invalid(std::string_view path, Phrase phrase) { return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with(std::string(path), std::move(phrase)); }

// ── wishes ──

Result<bool> is_arts_or_sports(Unit& unit, const Id<Teacher>& id) {
  if (id.empty()) return false;
  SHIDE_TRY(teacher, unit.of<Teacher>().load(id));
  if (teacher.grade_group_id.empty()) return false;
  SHIDE_TRY(group, unit.of<GradeGroup>().load(teacher.grade_group_id));
  return group.kind == model::GradeGroupKind::kArtsSports && visit::owes_a_visit(teacher);
}

Result<std::vector<TeachingAssignment>> taught_by(Unit& unit, const Campaign& campaign, const Id<Teacher>& teacher) {
  return unit.of<TeachingAssignment>().list(Query<TeachingAssignment>{}.where(&TeachingAssignment::teacher_id, teacher)
                                                .where(&TeachingAssignment::school_year, campaign.school_year));
}

Result<std::vector<TeamWish>> wishes_of(Unit& unit, const Campaign& campaign, const Id<Teacher>& teacher) {
  return unit.of<TeamWish>().list(Query<TeamWish>{}.where(&TeamWish::campaign_id, campaign.id).where(&TeamWish::teacher_id, teacher));
}

Result<void> must_be_open(Unit& unit, const Campaign& campaign, const SchoolClass& school_class) {
  SHIDE_TRY(roster, unit.of<Roster>().first(Query<Roster>{}.where(&Roster::campaign_id, campaign.id).where(&Roster::grade_group_id, school_class.grade_group_id)));
  if (roster.state != RosterState::kOpen && roster.state != RosterState::kSentBack) return Error{ErrorCode::kInvalid, {"roster.not_open"}};
  return {};
}

Result<void> add_wishes(Unit& unit, const Actor& actor, const Campaign& campaign, CoVisitorSheet& sheet) {
  SHIDE_TRY(arts, is_arts_or_sports(unit, actor.teacher));
  if (arts) {
    SHIDE_TRY(self, unit.of<Teacher>().load(actor.teacher));
    SHIDE_TRY(wishes, wishes_of(unit, campaign, actor.teacher));
    SHIDE_TRY(taught, taught_by(unit, campaign, actor.teacher));
    for (const TeachingAssignment& one : taught) {
      auto known = std::find_if(sheet.may_ask.begin(), sheet.may_ask.end(), [&](const WishView& view) { return view.school_class.id == one.class_id; });
      if (known != sheet.may_ask.end()) continue;
      SHIDE_TRY(school_class, unit.of<SchoolClass>().load(one.class_id));
      WishView view{{}, school_class, self, one.kind == model::AssignmentKind::kClub};
      for (const TeamWish& wish : wishes) {
        if (wish.class_id == one.class_id) view.wish = wish;
      }
      sheet.may_ask.push_back(std::move(view));
    }
    std::stable_sort(sheet.may_ask.begin(), sheet.may_ask.end(), [](const auto& a, const auto& b) { return a.school_class.name < b.school_class.name; });
  }
  for (const std::string& class_id : actor.classes) {
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load({class_id}));
    SHIDE_TRY(wishes, unit.of<TeamWish>().list(Query<TeamWish>{}.where(&TeamWish::campaign_id, campaign.id).where(&TeamWish::class_id, school_class.id)
                                                   .where(&TeamWish::state, AskState::kAsked)));
    for (const TeamWish& wish : wishes) {
      SHIDE_TRY(teacher, unit.of<Teacher>().load(wish.teacher_id));
      sheet.to_answer.push_back({wish, school_class, teacher, false});
    }
  }
  return {};
}

// ── handing a place over ──

bool may_still_change(const Visit& visit) {
  return visit.state == VisitState::kChosen || visit.state == VisitState::kAssigned || visit.state == VisitState::kPrepared;
}

Result<std::vector<CoVisitor>> team_of(Unit& unit, const Actor& actor, const Id<Visit>& visit) {
  return unit.of<CoVisitor>().list(Query<CoVisitor>{}.where(&Place::visit_id, visit.value), privacy::reach_for_job(actor.school, DataKind::kVisit, "hand_over"));
}

/// The own place, or for the grade leader anybody's of the grade.
bool may_give(const Actor& actor, const std::string& grade_group_id, const Id<Teacher>& from) {
  return (!actor.teacher.empty() && from == actor.teacher) || actor.grade_groups.count(grade_group_id) > 0;
}

/// A teacher's place in that team; kNotFound for who has none, and for the homeroom teacher, who leads (S21).
Result<CoVisitor> place_of(const std::vector<CoVisitor>& team, const Id<Teacher>& teacher) {
  auto own = std::find_if(team.begin(), team.end(), [&](const CoVisitor& one) { return one.teacher_id == teacher; });
  if (teacher.empty() || own == team.end() || own->is_homeroom || own->attendance == model::Attendance::kAbsent) return not_found();
  return *own;
}

Result<std::vector<Teacher>> who_can_be_asked(Unit& unit, const Visit& visit, const std::vector<CoVisitor>& team) {
  SHIDE_TRY(colleagues, unit.of<Teacher>().list(Query<Teacher>{}.where(&Teacher::grade_group_id, visit.place.grade_group_id)));
  SHIDE_TRY(taught, unit.of<TeachingAssignment>().list(Query<TeachingAssignment>{}.where(&TeachingAssignment::class_id, visit.place.class_id)));
  for (const TeachingAssignment& one : taught) {
    bool known = std::any_of(colleagues.begin(), colleagues.end(), [&](const Teacher& teacher) { return teacher.id == one.teacher_id; });
    if (known) continue;
    SHIDE_TRY(teacher, unit.of<Teacher>().load(one.teacher_id));
    colleagues.push_back(teacher);
  }
  std::erase_if(colleagues, [&](const Teacher& teacher) {
    return !visit::owes_a_visit(teacher) || std::any_of(team.begin(), team.end(), [&](const CoVisitor& one) { return one.teacher_id == teacher.id; });
  });
  return colleagues;
}

/// Whether the grade leader's rules speak against this colleague in the rest of the team. Which of them stays with the leader.
Result<bool> suits(Unit& unit, const Actor& actor, const Visit& visit, const std::vector<CoVisitor>& team, const Id<Teacher>& from, const Id<Teacher>& to) {
  SHIDE_TRY(rules, unit.of<TeamRule>().list(Query<TeamRule>{}.where(&TeamRule::campaign_id, visit.campaign_id).where(&TeamRule::grade_group_id, visit.place.grade_group_id),
                                            privacy::reach_for_job(actor.school, DataKind::kTeamRule, "hand_over")));
  auto stays = [&](const Id<Teacher>& id) {
    return id != from && std::any_of(team.begin(), team.end(), [&](const CoVisitor& one) { return one.teacher_id == id; });
  };
  for (const TeamRule& rule : rules) {
    if (rule.kind == model::TeamRuleKind::kNotWith && ((rule.teacher_id == to && stays(rule.other_id)) || (rule.other_id == to && stays(rule.teacher_id)))) return false;
    if (rule.kind != model::TeamRuleKind::kAway || rule.teacher_id != to || !visit.appointment_at) continue;
    Date day = date_of(*visit.appointment_at);
    if (rule.from && rule.to && day >= *rule.from && day <= *rule.to) return false;
  }
  return true;
}

Result<void> add_hand_overs(Unit& unit, const Actor& actor, const Campaign& campaign, CoVisitorSheet& sheet) {
  SHIDE_TRY(visits, unit.of<Visit>().list(Query<Visit>{}.where(&Visit::campaign_id, campaign.id), privacy::reach(actor, DataKind::kVisit)));
  for (const Visit& visit : visits) {
    if (!may_still_change(visit)) continue;
    SHIDE_TRY(team, team_of(unit, actor, visit.id));
    for (const CoVisitor& one : team) {
      if (!may_give(actor, visit.place.grade_group_id, one.teacher_id) || !place_of(team, one.teacher_id)) continue;
      SHIDE_TRY(school_class, unit.of<SchoolClass>().load({visit.place.class_id}));
      SHIDE_TRY(from, unit.of<Teacher>().load(one.teacher_id));
      SHIDE_TRY(colleagues, who_can_be_asked(unit, visit, team));
      sheet.places.push_back({visit, school_class, from, colleagues});
    }
  }
  std::stable_sort(sheet.places.begin(), sheet.places.end(), [&](const auto& a, const auto& b) {
    return std::pair(a.from.id != actor.teacher, a.school_class.name) < std::pair(b.from.id != actor.teacher, b.school_class.name);
  });
  SHIDE_TRY(all, unit.of<HandOver>().list(Query<HandOver>{}.where(&HandOver::campaign_id, campaign.id).newest_first()));
  for (const HandOver& one : all) {
    bool asked = one.to_id == actor.teacher && one.state == AskState::kAsked;
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load(one.class_id));
    if (!asked && !may_give(actor, school_class.grade_group_id.value, one.from_id)) continue;
    SHIDE_TRY(from, unit.of<Teacher>().load(one.from_id));
    SHIDE_TRY(to, unit.of<Teacher>().load(one.to_id));
    (asked ? sheet.asked : sheet.given).push_back({one, school_class, from, to});
  }
  return {};
}

}  // namespace

std::size_t CoVisitorSheet::waiting() const { return to_answer.size() + asked.size(); }

Result<std::size_t> waiting_colleagues(ports::Ports& ports, const Actor& actor, const Id<Campaign>& campaign) {
  std::vector<Id<SchoolClass>> classes;
  for (const std::string& id : actor.classes) classes.push_back({id});
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::size_t> {
    SHIDE_TRY(wishes, unit.of<TeamWish>().count(Query<TeamWish>{}.where(&TeamWish::campaign_id, campaign).where(&TeamWish::state, AskState::kAsked)
                                                    .where_one_of(&TeamWish::class_id, classes)));
    SHIDE_TRY(places, unit.of<HandOver>().count(Query<HandOver>{}.where(&HandOver::campaign_id, campaign).where(&HandOver::state, AskState::kAsked)
                                                    .where(&HandOver::to_id, actor.teacher)));
    return static_cast<std::size_t>(wishes + places);
  });
}

Result<CoVisitorSheet> co_visitor_sheet(ports::Ports& ports, const Actor& actor) {
  if (actor.teacher.empty()) return not_found();
  SHIDE_TRY(campaign, current_campaign(ports, actor));
  return ports.store->read(actor, [&](Unit& unit) -> Result<CoVisitorSheet> {
    CoVisitorSheet sheet;
    SHIDE_CHECK(add_wishes(unit, actor, campaign, sheet));
    SHIDE_CHECK(add_hand_overs(unit, actor, campaign, sheet));
    return sheet;
  });
}

Result<TeamWish> ask_to_join(ports::Ports& ports, const Actor& actor, const Id<SchoolClass>& class_id) {
  SHIDE_TRY(campaign, current_campaign(ports, actor));
  Time now = ports.clock->now();
  Id<TeamWish> new_wish = new_id<TeamWish>(now);
  return ports.store->transact(actor, "ask_to_join", [&](Unit& unit) -> Result<TeamWish> {
    SHIDE_TRY(arts, is_arts_or_sports(unit, actor.teacher));
    if (!arts) return not_found();
    SHIDE_TRY(taught, taught_by(unit, campaign, actor.teacher));
    bool teaches = std::any_of(taught.begin(), taught.end(), [&](const TeachingAssignment& one) { return one.class_id == class_id; });
    if (!teaches) return invalid("class_id", {"companions.not_taught"});
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load(class_id));
    SHIDE_CHECK(must_be_open(unit, campaign, school_class));
    SHIDE_TRY(wishes, wishes_of(unit, campaign, actor.teacher));
    TeamWish wish;
    for (const TeamWish& one : wishes) {
      if (one.state == AskState::kAccepted && one.class_id != class_id) return invalid("class_id", {"companions.has_one"});
      if (one.class_id == class_id) wish = one;
    }
    if (wish.version > 0 && (wish.state == AskState::kAsked || wish.state == AskState::kAccepted)) return wish;
    if (wish.version == 0) {
      wish.id = new_wish;
      wish.school_id = actor.school;
      wish.campaign_id = campaign.id;
      wish.class_id = class_id;
      wish.teacher_id = actor.teacher;
    }
    wish.state = AskState::kAsked;
    wish.asked_at = now;
    wish.answered_at.reset();
    SHIDE_CHECK(unit.of<TeamWish>().save(wish));
    SHIDE_CHECK(unit.audit(wish, "state class_id"));
    return wish;
  });
}

Result<TeamWish> withdraw_wish(ports::Ports& ports, const Actor& actor, const Id<TeamWish>& id) {
  SHIDE_TRY(campaign, current_campaign(ports, actor));
  return ports.store->transact(actor, "withdraw_wish", [&](Unit& unit) -> Result<TeamWish> {
    SHIDE_TRY(wish, unit.of<TeamWish>().load(id));
    if (actor.teacher.empty() || wish.teacher_id != actor.teacher) return not_found();
    if (wish.state == AskState::kWithdrawn) return wish;
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load(wish.class_id));
    SHIDE_CHECK(must_be_open(unit, campaign, school_class));
    wish.state = AskState::kWithdrawn;
    SHIDE_CHECK(unit.of<TeamWish>().save(wish));
    SHIDE_CHECK(unit.audit(wish, "state"));
    return wish;
  });
}

Result<TeamWish> answer_wish(ports::Ports& ports, const Actor& actor, const Id<TeamWish>& id, bool yes) {
  SHIDE_TRY(campaign, current_campaign(ports, actor));
  Time now = ports.clock->now();
  return ports.store->transact(actor, "answer_wish", [&](Unit& unit) -> Result<TeamWish> {
    SHIDE_TRY(wish, unit.of<TeamWish>().load(id));
    if (!actor.classes.count(wish.class_id.value)) return not_found();
    AskState answer = yes ? AskState::kAccepted : AskState::kRefused;
    if (wish.state == answer) return wish;
    if (wish.state != AskState::kAsked) return Error{ErrorCode::kInvalid, {"companions.not_asked"}};
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load(wish.class_id));
    SHIDE_CHECK(must_be_open(unit, campaign, school_class));
    wish.state = answer;
    wish.answered_at = now;
    SHIDE_CHECK(unit.of<TeamWish>().save(wish));
    SHIDE_CHECK(unit.audit(wish, "state"));
    if (!yes) return wish;
    SHIDE_TRY(others, wishes_of(unit, campaign, wish.teacher_id));
    for (TeamWish& one : others) {
      if (one.id == wish.id || one.state != AskState::kAsked) continue;
      one.state = AskState::kWithdrawn;
      SHIDE_CHECK(unit.of<TeamWish>().save(one));
      SHIDE_CHECK(unit.audit(one, "state"));
    }
    return wish;
  });
}

Result<HandOver> hand_over(ports::Ports& ports, const Actor& actor, const Id<Visit>& visit_id, const Id<Teacher>& from, const Id<Teacher>& to) {
  Time now = ports.clock->now();
  Id<HandOver> new_hand_over = new_id<HandOver>(now);
  return ports.store->transact(actor, "hand_over", [&](Unit& unit) -> Result<HandOver> {
    SHIDE_TRY(visit, unit.of<Visit>().load(visit_id, privacy::reach(actor, DataKind::kVisit)));
    SHIDE_TRY(team, team_of(unit, actor, visit.id));
    if (!may_give(actor, visit.place.grade_group_id, from)) return not_found();
    SHIDE_TRY(place, place_of(team, from));
    if (!may_still_change(visit)) return Error{ErrorCode::kInvalid, {"error.done_before"}};
    SHIDE_TRY(open, unit.of<HandOver>().list(Query<HandOver>{}.where(&HandOver::visit_id, visit.id).where(&HandOver::from_id, from)
                                                 .where(&HandOver::state, AskState::kAsked)));
    if (!open.empty() && open.front().to_id == to) return open.front();
    if (!open.empty()) return invalid("to_id", {"companions.asked_already"});
    SHIDE_TRY(colleagues, who_can_be_asked(unit, visit, team));
    auto colleague = std::find_if(colleagues.begin(), colleagues.end(), [&](const Teacher& one) { return one.id == to; });
    if (colleague == colleagues.end()) return invalid("to_id", {"companions.choose"});
    SHIDE_TRY(fine, suits(unit, actor, visit, team, from, colleague->id));
    if (!fine) return invalid("to_id", {"companions.ask_leader"});
    HandOver one;
    one.id = new_hand_over;
    one.school_id = actor.school;
    one.campaign_id = visit.campaign_id;
    one.visit_id = visit.id;
    one.class_id.value = visit.place.class_id;
    one.from_id = place.teacher_id;
    one.to_id = colleague->id;
    one.asked_at = now;
    SHIDE_CHECK(unit.of<HandOver>().save(one));
    SHIDE_CHECK(unit.audit(one, "state"));
    return one;
  });
}

Result<HandOver> withdraw_hand_over(ports::Ports& ports, const Actor& actor, const Id<HandOver>& id) {
  return ports.store->transact(actor, "withdraw_hand_over", [&](Unit& unit) -> Result<HandOver> {
    SHIDE_TRY(one, unit.of<HandOver>().load(id));
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load(one.class_id));
    if (!may_give(actor, school_class.grade_group_id.value, one.from_id)) return not_found();
    if (one.state == AskState::kWithdrawn) return one;
    if (one.state != AskState::kAsked) return Error{ErrorCode::kInvalid, {"companions.not_asked"}};
    one.state = AskState::kWithdrawn;
    SHIDE_CHECK(unit.of<HandOver>().save(one));
    SHIDE_CHECK(unit.audit(one, "state"));
    return one;
  });
}

Result<HandOver> answer_hand_over(ports::Ports& ports, const Actor& actor, const Id<HandOver>& id, bool yes) {
  Time now = ports.clock->now();
  Id<CoVisitor> new_place = new_id<CoVisitor>(now);
  return ports.store->transact(actor, "answer_hand_over", [&](Unit& unit) -> Result<HandOver> {
    SHIDE_TRY(one, unit.of<HandOver>().load(id));
    if (actor.teacher.empty() || one.to_id != actor.teacher) return not_found();
    AskState answer = yes ? AskState::kAccepted : AskState::kRefused;
    if (one.state == answer) return one;
    if (one.state != AskState::kAsked) return Error{ErrorCode::kInvalid, {"companions.not_asked"}};
    one.state = answer;
    one.answered_at = now;
    SHIDE_CHECK(unit.of<HandOver>().save(one));
    SHIDE_CHECK(unit.audit(one, "state"));
    if (!yes) return one;
    SHIDE_TRY(visit, unit.of<Visit>().load(one.visit_id, privacy::reach_for_job(actor.school, DataKind::kVisit, "hand_over")));
    SHIDE_TRY(team, team_of(unit, actor, visit.id));
    Result<CoVisitor> place = place_of(team, one.from_id);
    if (!place || !may_still_change(visit)) return Error{ErrorCode::kInvalid, {"companions.too_late"}};
    SHIDE_TRY(fine, suits(unit, actor, visit, team, one.from_id, one.to_id));
    bool in_team = std::any_of(team.begin(), team.end(), [&](const CoVisitor& member) { return member.teacher_id == one.to_id; });
    if (!fine || in_team) return Error{ErrorCode::kInvalid, {"companions.ask_leader"}};
    SHIDE_CHECK(unit.of<CoVisitor>().erase(*place));
    CoVisitor taken;
    taken.id = new_place;
    taken.school_id = visit.school_id;
    taken.place = visit.place;
    taken.teacher_id = one.to_id;
    SHIDE_CHECK(unit.of<CoVisitor>().save(taken));
    SHIDE_CHECK(unit.audit(visit, "team"));
    return one;
  });
}

}  // namespace shide::workflow
