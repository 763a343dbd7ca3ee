#include "console/score_facts.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace shide::console {
namespace {

using appraisal::ComponentFact;
using appraisal::EventFact;
using appraisal::Facts;
using appraisal::ItemFact;
using appraisal::LineState;
using nlohmann::json;

constexpr std::size_t kMostEntries = 10'000;
constexpr std::size_t kMostCharacters = 200;

class FactReader {
 public:
  std::vector<Problem> problems;

  Facts read(const json& source) {
    Facts facts;
    if (!is_object(source, "")) return facts;
    for (const auto& [key, value] : source.items()) {
      if (key == "staff") facts.staff = text(value, key);
      else if (key == "population") facts.population = text(value, key);
      else if (key == "components") read_components(value, facts);
      else if (key == "items") read_items(value, facts);
      else if (key == "events") read_events(value, facts);
      else refuse(key, "facts.unknown");
    }
    return facts;
  }

 private:
  void refuse(const std::string& path, std::string_view code) { problems.push_back({std::string(first_characters(path, kMostCharacters)), {std::string(code)}}); }

  bool is_object(const json& value, const std::string& path) {
    if (value.is_object() && value.size() <= kMostEntries) return true;
    refuse(path, "facts.not_an_object");
    return false;
  }

  std::string text(const json& value, const std::string& path) {
    if (value.is_number_integer()) return value.dump();
    auto clean = value.is_string() ? clean_line(value.get_ref<const std::string&>()) : std::nullopt;
    if (clean && character_count(*clean) <= kMostCharacters) return *clean;
    refuse(path, "facts.not_a_text");
    return {};
  }

  Decimal number(const json& value, const std::string& path) {
    auto decimal = decimal_of(value);
    if (!decimal) refuse(path, "facts.not_a_number");
    return decimal.value_or(Decimal());
  }

  std::vector<Decimal> numbers(const json& value, const std::string& path) {
    std::vector<Decimal> list;
    if (!value.is_array() || value.size() > kMostEntries) {
      problems.push_back({path, {"facts.too_many", {{"most", kMostEntries}}}});
      return list;
    }
    for (std::size_t i = 0; i < value.size(); ++i) list.push_back(number(value[i], path + "." + std::to_string(i)));
    return list;
  }

  bool flag(const json& value, const std::string& path) {
    if (!value.is_boolean()) refuse(path, "facts.not_a_flag");
    return value.is_boolean() && value.get<bool>();
  }

  // true, or the reason: "declined_by_guardian".
  std::string reason(const json& value, const std::string& path) {
    if (value.is_boolean()) return value.get<bool>() ? "not_applicable" : "";
    return text(value, path);
  }

  void read_components(const json& source, Facts& facts) {
    if (!is_object(source, "components")) return;
    for (const auto& [key, value] : source.items()) facts.components[key] = component(value, "components." + key);
  }

  ComponentFact component(const json& value, const std::string& path) {
    ComponentFact fact;
    if (value.is_null()) return fact;
    if (value.is_array()) return fact.ballots = numbers(value, path), fact;
    if (value == "not_applicable") return fact.not_applicable = "not_applicable", fact;
    if (!value.is_object()) return fact.value = number(value, path), fact;
    for (const auto& [key, inner] : value.items()) {
      std::string at = path + "." + key;
      if (key == "value") fact.value = number(inner, at);
      else if (key == "ballots" && inner.is_array()) fact.ballots = numbers(inner, at);
      else if (key == "ballots") fact.ballot_count = static_cast<int>(std::clamp<std::int64_t>(number(inner, at).floor().units() / 10'000, 0, 1'000'000));
      else if (key == "not_applicable") fact.not_applicable = reason(inner, at);
      else refuse(at, "facts.unknown");
    }
    return fact;
  }

  void read_items(const json& source, Facts& facts) {
    if (!is_object(source, "items")) return;
    for (const auto& [key, value] : source.items()) facts.items[key] = item(value, "items." + key);
  }

  ItemFact item(const json& value, const std::string& path) {
    ItemFact fact;
    if (value.is_null()) return fact;
    if (value.is_array()) return fact.lists["ratings"] = numbers(value, path), fact;
    if (value == "not_applicable") return fact.not_applicable = "not_applicable", fact;
    if (!is_object(value, path)) return fact;
    for (const auto& [key, inner] : value.items()) read_item_entry(key, inner, path + "." + key, fact);
    return fact;
  }

  void read_item_entry(const std::string& key, const json& value, const std::string& path, ItemFact& fact) {
    if (key == "not_applicable") fact.not_applicable = reason(value, path);
    else if (key == "excused") read_excused(value, path, fact);
    else if (key == "choice" || key == "term" || key == "chosen_by") fact.words[key] = text(value, path);
    else if (value.is_boolean()) fact.marks[key] = value.get<bool>();
    else if (value.is_array()) fact.lists[key] = numbers(value, path);
    else if (auto decimal = decimal_of(value)) fact.numbers[key] = *decimal;
    else if (value.is_string()) fact.words[key] = text(value, path);
    else refuse(path, "facts.unreadable_value");
  }

  void read_excused(const json& value, const std::string& path, ItemFact& fact) {
    if (!is_object(value, path)) return;
    for (const auto& [why, count] : value.items()) fact.excused[why] = number(count, path + "." + why);
  }

  void read_events(const json& source, Facts& facts) {
    if (!source.is_array() || source.size() > kMostEntries) return problems.push_back({"events", {"facts.too_many", {{"most", kMostEntries}}}});
    for (std::size_t i = 0; i < source.size(); ++i) facts.events.push_back(event(source[i], "events." + std::to_string(i)));
  }

  EventFact event(const json& source, const std::string& path) {
    EventFact fact;
    if (!is_object(source, path)) return fact;
    for (const auto& [key, value] : source.items()) {
      std::string at = path + "." + key;
      if (key == "key") fact.key = text(value, at);
      else if (key == "verified") fact.verified = flag(value, at);
      else if (key == "decided_by") fact.decided_by = text(value, at);
      else if (key == "document") fact.document = text(value, at);
      else if (key == "decided_on") fact.decided_on = date(value, at);
      else if (key == "points") fact.points = number(value, at);
      else if (key == "sanction") fact.sanction = text(value, at);
      else refuse(at, "facts.unknown");
    }
    return fact;
  }

  std::optional<Date> date(const json& value, const std::string& path) {
    auto day = value.is_string() ? parse_date(value.get_ref<const std::string&>()) : std::nullopt;
    if (!day) refuse(path, "facts.not_a_date");
    return day;
  }
};

std::string points_text(Decimal points) {
  std::string exact = points.to_text(), two = points.to_text(2);
  return exact.size() > two.size() ? exact : two;
}

nlohmann::ordered_json line_json(const appraisal::ScoreLine& line, Language language) {
  nlohmann::ordered_json said{{"criterion", line.criterion}, {"points", points_text(line.points)}, {"because", render(line.because, language)}};
  if (line.items.empty()) return said;
  said["items"] = nlohmann::ordered_json::array();
  for (const appraisal::ScoreLine& item : line.items) {
    nlohmann::ordered_json inner = line_json(item, language);
    if (item.state != LineState::kCounted) inner["points"] = nullptr;
    inner["max"] = points_text(item.max);
    said["items"].push_back(std::move(inner));
  }
  return said;
}

nlohmann::ordered_json absent_json(const appraisal::ScoreLine& line, Language language) {
  return {{"criterion", line.criterion}, {"because", render(line.because, language)}};
}

void tell_absent(const appraisal::ScoreLine& line, Language language, nlohmann::ordered_json& waiting, nlohmann::ordered_json& apart) {
  if (line.state == LineState::kMissing) waiting.push_back(absent_json(line, language));
  if (line.state == LineState::kNotApplicable) apart.push_back(absent_json(line, language));
}

}  // namespace

Result<appraisal::Facts> read_facts(const nlohmann::json& source) {
  FactReader reader;
  Facts facts = reader.read(source);
  if (reader.problems.empty()) return facts;
  Error error{ErrorCode::kInvalid, reader.problems.front().phrase, "facts: not as the schema says"};
  error.problems = std::move(reader.problems);
  return error;
}

nlohmann::ordered_json score_json(const appraisal::RuleSet& rules, const appraisal::Scored& scored, Language language) {
  using Json = nlohmann::ordered_json;
  Json lines = Json::array(), waiting = Json::array(), apart = Json::array(), reference = Json::array(), vetoes = Json::array(), ignored = Json::array();
  for (const appraisal::ScoreLine& line : scored.lines) {
    if (line.state == LineState::kCounted) lines.push_back(line_json(line, language));
    if (line.state == LineState::kReferenceOnly) reference.push_back(absent_json(line, language));
    tell_absent(line, language, waiting, apart);
    for (const appraisal::ScoreLine& item : line.items) tell_absent(item, language, waiting, apart);
  }
  for (const appraisal::Veto& veto : scored.vetoes) {
    vetoes.push_back({{"criterion", veto.event}, {"effect", veto.forced ? "force_grade" : veto.grade.empty() ? "bar_awards" : "cap_grade"},
                      {"grade", veto.grade.empty() ? Json(nullptr) : Json(veto.grade)}, {"because", render(veto.because, language)}});
  }
  for (const appraisal::IgnoredFinding& finding : scored.ignored) {
    ignored.push_back({{"criterion", finding.event}, {"because", render(finding.because, language)}});
  }
  Json answer{{"staff", scored.staff}};
  answer["total"] = scored.complete ? Json(scored.shown_total()) : Json(nullptr);
  answer["grade"] = scored.grade.empty() ? Json(nullptr) : Json(scored.grade);
  answer["lines"] = std::move(lines);
  answer["vetoes"] = std::move(vetoes);
  answer["missing"] = scored.missing;
  answer["barred_until"] = !scored.bar ? Json(nullptr) : scored.bar->until ? Json(to_text(*scored.bar->until)) : Json("undecided");
  answer["missing_because"] = std::move(waiting);
  answer["not_applicable"] = std::move(apart);
  answer["reference"] = std::move(reference);
  answer["not_counted"] = std::move(ignored);
  answer["opens"] = scored.opens;
  answer["rules"] = {{"key", rules.key}, {"version", rules.version}, {"sha256", rules.sha256}};
  return answer;
}

}  // namespace shide::console
