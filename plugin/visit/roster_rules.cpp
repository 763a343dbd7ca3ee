#include "visit/roster_rules.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"

namespace shide::visit {

std::optional<std::string> plain_phone(std::string_view typed) {
  std::string phone;
  for (char c : to_half_width(typed)) {
    if (c >= '0' && c <= '9') phone += c;
    else if (c != ' ' && c != '-') return std::nullopt;
  }
  return phone.size() >= 7 && phone.size() <= 13 ? std::optional(phone) : std::nullopt;
}

std::size_t counted_team(const RosterLine& line, const model::Campaign& campaign) {
  std::size_t size = line.team.size();
  bool with_homeroom = std::find(line.team.begin(), line.team.end(), line.school_class.homeroom_teacher_id) != line.team.end();
  return campaign.homeroom_counts || !with_homeroom ? size : size - 1;
}

std::vector<Problem> team_problems(const RosterLine& line, const model::Campaign& campaign) {
  std::string path = "team." + line.school_class.id.value;
  std::vector<Problem> problems;
  auto homeroom = std::find(line.team.begin(), line.team.end(), line.school_class.homeroom_teacher_id);
  if (homeroom == line.team.end()) problems.push_back({path, {"roster.homeroom_missing", {{"class", line.school_class.name}}}});
  std::size_t size = counted_team(line, campaign);
  std::vector<PhraseArgument> args = {{"min", campaign.team_min}, {"max", campaign.team_max}, {"class", line.school_class.name}, {"count", size}};
  if (size < static_cast<std::size_t>(campaign.team_min)) problems.push_back({path, {"roster.team_small", args}});
  if (size > static_cast<std::size_t>(campaign.team_max)) problems.push_back({path, {"roster.team_large", args}});
  std::set<Id<model::Teacher>> different(line.team.begin(), line.team.end());
  if (different.size() != line.team.size()) problems.push_back({path, {"roster.team_twice", {{"class", line.school_class.name}}}});
  return problems;
}

bool owes_a_visit(const model::Teacher& teacher) { return teacher.duty == model::Duty::kInPost; }

std::vector<model::Teacher> left_out(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers) {
  std::vector<model::Teacher> out;
  for (const model::Teacher& teacher : teachers) {
    if (!owes_a_visit(teacher)) continue;
    bool placed = std::any_of(lines.begin(), lines.end(), [&](const RosterLine& line) {
      return std::find(line.team.begin(), line.team.end(), teacher.id) != line.team.end();
    });
    if (!placed) out.push_back(teacher);
  }
  return out;
}

std::vector<Problem> missing_in_roster(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers,
                                       const model::Campaign& campaign) {
  std::vector<Problem> missing;
  for (const RosterLine& line : lines) {
    if (line.school_class.homeroom_teacher_id.empty()) {
      missing.push_back({"student." + line.school_class.id.value, {"roster.no_homeroom", {{"class", line.school_class.name}}}});
      continue;
    }
    if (!line.has_student) {
      missing.push_back({"student." + line.school_class.id.value, {"roster.student_missing", {{"class", line.school_class.name}}}});
      continue;
    }
    std::vector<Problem> wrong = team_problems(line, campaign);
    missing.insert(missing.end(), wrong.begin(), wrong.end());
  }
  for (const model::Teacher& teacher : left_out(lines, teachers)) {
    missing.push_back({"teacher." + teacher.id.value, {"roster.teacher_left_out", {{"teacher", teacher.name}}}});
  }
  return missing;
}

std::optional<FreePlace> next_free_place(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers,
                                         const model::Campaign& campaign, const Teaching& teaching) {
  std::optional<FreePlace> best;
  auto best_key = std::tuple{false, false, std::size_t{0}};
  auto best_line = lines.end();
  for (const model::Teacher& teacher : left_out(lines, teachers)) {
    for (auto line = lines.begin(); line != lines.end(); ++line) {
      std::size_t size = counted_team(*line, campaign);
      if (!line->has_student || size >= static_cast<std::size_t>(campaign.team_max)) continue;
      auto taught = teaching.find(line->school_class.id.value);
      bool teaches = taught != teaching.end() && taught->second.count(teacher.id) > 0;
      auto key = std::tuple{size >= static_cast<std::size_t>(campaign.team_min), !teaches, size};
      if (best && key >= best_key) continue;
      best = FreePlace{teacher.id, line->school_class.id, teaches};
      best_key = key;
      best_line = line;
    }
  }
  if (!best) return best;
  std::vector<RosterLine> filled = lines;
  filled[static_cast<std::size_t>(best_line - lines.begin())].team.push_back(best->teacher_id);
  best->completes = missing_in_roster(filled, teachers, campaign).empty();
  return best;
}

}  // namespace shide::visit
