#include "web/frame.h"

#include "base/digest.h"
#include "base/text.h"
#include "web/asset_routes.h"

namespace shide::web {
namespace {

using nlohmann::json;

constexpr std::size_t kWordsInBar = 5;

/// "title|address" lines of the school's row.
json crumbs_of(const model::School& school, std::string_view section) {
  json crumbs = json::array();
  for (std::string_view line : split(school.breadcrumb, '\n')) {
    line = trim(line);
    if (line.empty()) continue;
    std::size_t bar = line.find('|');
    std::string_view address = bar == std::string_view::npos ? std::string_view{} : trim(line.substr(bar + 1));
    crumbs.push_back({{"text", trim(line.substr(0, bar))}, {"address", address}, {"current_crumb", false}});
  }
  if (!crumbs.empty()) crumbs.push_back({{"text", section}, {"address", ""}, {"current_crumb", true}});
  return crumbs;
}

json bar_view(const BarWord& word) {
  json view = {{"text", word.text}, {"address", word.address}, {"is_current", word.is_current}, {"waiting", nullptr}};
  if (word.waiting > 0) view["waiting"] = word.waiting;
  return view;
}

}  // namespace

std::string moment_text(Time time, Language language) {
  Date date = date_of(time);
  YearMonthDay day = calendar(date);
  std::string clock = to_text_minutes(time).substr(11);
  return render({"frame.moment",
                 {{"year", day.year}, {"month", day.month}, {"day", day.day}, {"weekday", Phrase{"frame.weekday." + std::to_string(weekday(date))}}, {"clock", clock}}},
                language);
}

Phrase role_word(const model::Actor& actor) {
  // The weightiest first: who leads a grade and has a class of her own is shown as the leader.
  using model::Role;
  for (Role role : {Role::kHead, Role::kStudentOffice, Role::kHr, Role::kEthicsCommittee, Role::kUnionEditor, Role::kAuditor, Role::kItAdmin,
                    Role::kDistrict, Role::kGradeLeader, Role::kHomeroomTeacher, Role::kTeacher}) {
    if (actor.has(role)) return {"role." + std::string(model::code_of(role))};
  }
  return {};
}

std::string section_name(const model::School& school, Language language) {
  return school.section_name.empty() ? render({"frame.section"}, language) : school.section_name;
}

json frame_view(const FrameParts& parts) {
  std::string section = section_name(parts.school, parts.language);
  json crumbs = crumbs_of(parts.school, section);
  json bar = json::array(), more = json::array();
  for (const BarWord& word : parts.bar) (bar.size() < kWordsInBar ? bar : more).push_back(bar_view(word));
  Language other = parts.language == Language::kChinese ? Language::kEnglish : Language::kChinese;
  std::string site_line = parts.school.name;
  if (!site_line.empty() && !parts.school.site_name.empty()) site_line += " · " + parts.school.site_name;
  json view = {
      {"lang", language_tag(parts.language)},
      {"mount", parts.mount_prefix},
      {"csrf", parts.csrf},
      {"session_csrf", parts.actor.is_public() ? "" : parts.csrf},
      {"look_address", asset_address(parts.mount_prefix, "look.css")},
      {"mark_address", asset_address(parts.mount_prefix, "mark.svg")},
      {"demo", parts.demo},
      {"moment", parts.demo ? moment_text(parts.now, parts.language) : ""},
      {"site_line", site_line},
      {"site_address", parts.school.site_url},
      {"school_name", parts.school.name},
      {"section_name", section},
      {"crumbs", crumbs},
      {"crumbs_shown", !crumbs.empty()},
      {"bar", bar},
      {"bar_shown", !bar.empty()},
      {"more", more},
      {"more_shown", !more.empty()},
      {"who", nullptr},
      {"other_language", render({"frame.language_name"}, other)},
      {"other_language_tag", language_tag(other)},
      {"other_language_address", parts.other_language_address},
      {"drafts_address", asset_address(parts.mount_prefix, "drafts.js")},
      {"drafts_owner", parts.actor.account.empty() ? "" : sha256_hex("drafts of " + parts.actor.account.value).substr(0, 16)},
      {"page_class", ""},
      {"html_class", ""},
      {"bar_title", section},
      {"foot_line", parts.school.short_name.empty() ? section : render({"frame.foot", {{"school", parts.school.short_name}}}, parts.language)},
  };
  if (!parts.actor.account.empty()) view["who"] = {{"who_name", parts.actor.name}, {"who_role", render(role_word(parts.actor), parts.language)}};
  return view;
}

}  // namespace shide::web
