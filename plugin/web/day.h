// Days and moments as a page says them: "1月23日（周六）", "1月23日15:00".
#pragma once

#include <string>

#include "base/phrase.h"
#include "base/time.h"

namespace shide::web {

std::string day_text(Date day, Language language);              // 1月23日
std::string weekday_text(Date day, Language language);          // 1月23日（周六）
std::string day_and_time_text(Time time, Language language);    // 1月23日（周六）15:00
std::string day_heading(Time time, Language language);          // 1月23日，周六下午
/// Of "2021-01": 2021年1月.
std::string month_words(std::string_view month, Language language);
std::string clock_text(Time time);                              // 15:00
/// 2021年1月23日 15:00: what the fields of a form show and read back.
std::string field_time(Time time, Language language);
std::string field_day(Date day, Language language);

}  // namespace shide::web
