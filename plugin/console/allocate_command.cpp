#include "console/allocate_command.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/json.h"
#include "console/lines.h"
#include "console/rules_command.h"
#include "visit/allocation.h"

namespace shide::console {
namespace {

using nlohmann::json;
using visit::Allocation;
using visit::GradeToAllocate;
using visit::TeacherToPlace;
using Claim = TeacherToPlace::Claim;

constexpr std::size_t kMostGrades = 100, kMostRules = 200, kMostCharacters = 100;
constexpr std::int64_t kLargestTeam = 10, kMostStudents = 2;

/// Reads one grade group; everything wrong is kept with its path.
class GradeReader {
 public:
  GradeReader(std::string path, std::vector<Problem>& problems) : path_(std::move(path)), problems_(problems) {}

  GradeToAllocate read(const json& source) {
    GradeToAllocate grade;
    if (!source.is_object()) return refuse("", "allocate.want_object"), grade;
    only(source, "", {"name", "days", "team_min", "team_max", "homeroom_counts", "classes", "teachers", "away", "not_with"});
    grade.days = static_cast<std::size_t>(number(source, "days", "", 1, 1, static_cast<std::int64_t>(visit::kMostTeams)));
    grade.team_min = number(source, "team_min", "", 2, 1, kLargestTeam);
    grade.team_max = number(source, "team_max", "", 3, grade.team_min, kLargestTeam);
    grade.homeroom_counts = flag(source, "homeroom_counts", "", true);
    each(source, "classes", visit::kMostTeams, [&](const json& one, const std::string& at) { grade.classes.push_back(school_class(one, at, grade)); });
    each(source, "teachers", visit::kMostTeachers, [&](const json& one, const std::string& at) { grade.teachers.push_back(teacher(one, at)); });
    for (const auto& one : grade.classes) names_[one.homeroom.value] = one.homeroom_name;
    for (const auto& one : grade.teachers) names_[one.id.value] = one.name;
    each(source, "away", kMostRules, [&](const json& one, const std::string& at) { grade.away.push_back(away(one, at, grade)); });
    each(source, "not_with", kMostRules, [&](const json& one, const std::string& at) { grade.not_with.push_back(not_with(one, at)); });
    return grade;
  }

 private:
  void refuse(const std::string& at, const char* code) { problems_.push_back({path_ + at, {code}}); }

  void only(const json& source, const std::string& at, std::initializer_list<const char*> known) {
    for (const auto& [key, value] : source.items()) {
      bool found = std::any_of(known.begin(), known.end(), [&, name = key](const char* one) { return name == one; });
      if (!found) refuse(at, "allocate.unknown");
    }
  }

  template <class Read>
  void each(const json& source, const char* field, std::size_t most, const Read& read) {
    auto found = source.find(field);
    if (found == source.end()) return;
    std::string at = std::string(".") + field;
    if (!found->is_array() || found->size() > most) return refuse(at, "allocate.want_list");
    for (std::size_t i = 0; i < found->size(); ++i) {
      std::string here = at + "." + std::to_string(i);
      if (!(*found)[i].is_object()) refuse(here, "allocate.want_object");
      else read((*found)[i], here);
    }
  }

  std::string text(const json& source, const char* field, const std::string& at, bool needed = true) {
    auto found = source.find(field);
    if (found == source.end() && !needed) return {};
    bool good = found != source.end() && found->is_string() && !found->get_ref<const std::string&>().empty() && found->get_ref<const std::string&>().size() <= kMostCharacters;
    if (good) return found->get<std::string>();
    refuse(at + "." + field, "allocate.want_text");
    return {};
  }
  std::int64_t number(const json& source, const char* field, const std::string& at, std::int64_t otherwise, std::int64_t low, std::int64_t high) {
    auto found = source.find(field);
    if (found == source.end()) return otherwise;
    if (found->is_number_integer() && *found >= low && *found <= high) return found->get<std::int64_t>();
    refuse(at + "." + field, "allocate.want_number");
    return otherwise;
  }
  bool flag(const json& source, const char* field, const std::string& at, bool otherwise) {
    auto found = source.find(field);
    if (found == source.end()) return otherwise;
    if (found->is_boolean()) return found->get<bool>();
    refuse(at + "." + field, "allocate.want_flag");
    return otherwise;
  }
  template <class Value>
  void list(const json& source, const char* field, const std::string& at, const Value& take) {
    auto found = source.find(field);
    if (found == source.end()) return;
    if (!found->is_array() || found->size() > visit::kMostTeams || !std::all_of(found->begin(), found->end(), take)) refuse(at + "." + field, "allocate.want_list");
  }

  visit::ClassToVisit school_class(const json& one, const std::string& at, const GradeToAllocate& grade) {
    only(one, at, {"id", "name", "homeroom", "homeroom_name", "pupils", "day", "may_take_second"});
    visit::ClassToVisit made;
    made.id.value = text(one, "id", at);
    made.name = text(one, "name", at, false);
    if (made.name.empty()) made.name = made.id.value;
    made.homeroom.value = text(one, "homeroom", at);
    made.homeroom_name = text(one, "homeroom_name", at, false);
    if (made.homeroom_name.empty()) made.homeroom_name = made.homeroom.value;
    made.pupils = number(one, "pupils", at, 1, 1, kMostStudents);
    if (one.contains("day")) made.day = static_cast<std::size_t>(number(one, "day", at, 0, 0, static_cast<std::int64_t>(grade.days) - 1));
    made.may_take_second = flag(one, "may_take_second", at, true);
    return made;
  }

  TeacherToPlace teacher(const json& one, const std::string& at) {
    only(one, at, {"id", "name", "claim", "teaches", "only_taught", "agreed", "present", "load"});
    TeacherToPlace made;
    made.id.value = text(one, "id", at);
    made.name = text(one, "name", at, false);
    if (made.name.empty()) made.name = made.id.value;
    std::string claim = text(one, "claim", at, false);
    if (claim == "welcome") made.claim = Claim::kWelcome;
    else if (claim == "helper") made.claim = Claim::kHelper;
    else if (!claim.empty() && claim != "owed") refuse(at + ".claim", "allocate.want_claim");
    list(one, "teaches", at, [&](const json& id) { return id.is_string() && (made.teaches.insert({id.get<std::string>()}), true); });
    made.only_taught = flag(one, "only_taught", at, false);
    if (one.contains("agreed")) made.agreed = Id<model::SchoolClass>{text(one, "agreed", at)};
    if (one.contains("present")) made.present = Id<model::SchoolClass>{text(one, "present", at)};
    made.load = number(one, "load", at, 0, 0, 100);
    return made;
  }

  std::string name_of(const std::string& id, const std::string& at) {
    auto found = names_.find(id);
    if (found != names_.end()) return found->second;
    refuse(at, "allocate.nobody");
    return {};
  }

  visit::Away away(const json& one, const std::string& at, const GradeToAllocate& grade) {
    only(one, at, {"teacher", "days"});
    visit::Away made;
    made.teacher.value = text(one, "teacher", at);
    made.name = name_of(made.teacher.value, at + ".teacher");
    list(one, "days", at, [&](const json& day) {
      return day.is_number_integer() && day >= 0 && day < static_cast<std::int64_t>(grade.days) && (made.days.insert(day.get<std::size_t>()), true);
    });
    return made;
  }

  visit::NotWith not_with(const json& one, const std::string& at) {
    only(one, at, {"one", "other"});
    visit::NotWith made;
    made.one.value = text(one, "one", at);
    made.other.value = text(one, "other", at);
    made.one_name = name_of(made.one.value, at + ".one");
    made.other_name = name_of(made.other.value, at + ".other");
    return made;
  }

  std::string path_;
  std::vector<Problem>& problems_;
  std::map<std::string, std::string> names_;
};

template <class T>
json ids_of(const std::vector<Id<T>>& ids) {
  json list = json::array();
  for (const Id<T>& id : ids) list.push_back(id.value);
  return list;
}

const char* outcome_of(const Allocation& allocation) {
  switch (allocation.outcome) {
    case Allocation::Outcome::kFull: return "full";
    case Allocation::Outcome::kImpossible: return "impossible";
    case Allocation::Outcome::kUndecided: break;
  }
  return "undecided";
}

json answer_of(const json& source, const Allocation& allocation, Language language) {
  json teams = json::array(), conflict = json::array();
  for (const auto& team : allocation.teams) teams.push_back({{"class", team.class_id.value}, {"pupil", team.pupil}, {"members", ids_of(team.members)}});
  for (const Phrase& rule : allocation.conflict) conflict.push_back({{"code", rule.code}, {"message", render(rule, language)}});
  return {{"name", source.value("name", json())}, {"outcome", outcome_of(allocation)}, {"teams", teams}, {"left", ids_of(allocation.welcome_without)},
          {"second_pupils", ids_of(allocation.second_pupils)}, {"teams_of_four", ids_of(allocation.teams_of_four)}, {"conflict", conflict},
          {"conflict_smallest", allocation.conflict_smallest}, {"best", allocation.best}};
}

// Allocates one line; answers false for a bad one, or where somebody is left without a team.
class LineAllocator {
 public:
  LineAllocator(Language language, Streams& streams) : language_(language), streams_(streams) {}

  bool operator()(int number, std::string_view text) {
    auto source = parse_json(text);
    if (const Error* error = source.if_error()) return tell(number, {{"", error->phrase}});
    auto groups = source->is_object() ? source->find("grade_groups") : source->end();
    if (!source->is_object() || groups == source->end() || !groups->is_array() || groups->size() > kMostGrades) return tell(number, {{"grade_groups", {"allocate.want_list"}}});
    std::vector<Problem> problems;
    std::vector<GradeToAllocate> grades;
    for (std::size_t i = 0; i < groups->size(); ++i) grades.push_back(GradeReader("grade_groups." + std::to_string(i), problems).read((*groups)[i]));
    if (!problems.empty()) return tell(number, problems);
    json answers = json::array();
    bool full = true;
    for (std::size_t i = 0; i < grades.size(); ++i) {
      Allocation allocation = visit::allocate(grades[i]);
      full = full && allocation.outcome == Allocation::Outcome::kFull;
      answers.push_back(answer_of((*groups)[i], allocation, language_));
    }
    streams_.out(json{{"id", source->value("id", json())}, {"grade_groups", answers}}.dump() + "\n");
    return full;
  }

 private:
  bool tell(int number, const std::vector<Problem>& problems) {
    std::string head = render({"rules.bad_line", {{"line", number}}}, language_);
    for (const Problem& problem : problems) streams_.err(head + (problem.path.empty() ? "" : problem.path + ": ") + render(problem.phrase, language_) + "\n");
    return false;
  }

  Language language_;
  Streams& streams_;
};

}  // namespace

int allocate_command(const Arguments& arguments, Streams& streams) {
  Language language = Language::kChinese;
  bool good = arguments.empty() || (arguments.size() == 2 && arguments[0] == "--lang" && language_of(arguments[1]));
  if (!good) {
    streams.err(render({"allocate.usage"}, Language::kChinese) + "\n");
    return kWrongUsage;
  }
  if (!arguments.empty()) language = *language_of(arguments[1]);
  return for_each_line(streams, LineAllocator(language, streams));
}

}  // namespace shide::console
