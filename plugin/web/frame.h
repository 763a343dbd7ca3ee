// What stands around every page: demo banner, the school's name and the breadcrumb of the union site (S1, S2, S3), the bar with
// the reader's own pages, name and role, and the foot with the other language. The templates parts/frame_top and
// parts/frame_bottom show it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/school.h"

namespace shide::web {

/// A word of the bar. `waiting` is shown behind it when the reader must act on that many things.
struct BarWord {
  std::string text;
  std::string address;
  bool is_current = false;
  std::int64_t waiting = 0;
};

struct FrameParts {
  Language language = Language::kChinese;
  model::School school;
  model::Actor actor;
  bool demo = false;
  Time now;
  std::string mount_prefix;
  std::string csrf;
  std::string other_language_address;
  std::vector<BarWord> bar;
};

/// The keys of the frame: lang, mount, csrf, school, section_name, crumbs, demo, bar, who, look_address, ...
nlohmann::json frame_view(const FrameParts& parts);

/// What the school calls its section; every page stands under that name (S4).
std::string section_name(const model::School& school, Language language);

/// "1月24日（周日）20:30" as the demo banner says it.
std::string moment_text(Time time, Language language);

/// The word for the reader's weightiest role.
Phrase role_word(const model::Actor& actor);

}  // namespace shide::web
