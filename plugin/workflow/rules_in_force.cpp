#include "workflow/rules_in_force.h"

#include "base/info_file.h"
#include "base/resource.h"

namespace shide::workflow {
namespace {

bool covers(const appraisal::RuleSet& rules, Date day) {
  return (!rules.effective_from || *rules.effective_from <= day) && (!rules.effective_to || day <= *rules.effective_to);
}

// The folder holds other lists, too: a rule set is what has a scheme.
Result<std::optional<RulesInForce>> read_rules(std::string_view path) {
  std::string text(resource(path).value_or(""));
  if (!path.ends_with(".info")) return std::optional<RulesInForce>{};
  SHIDE_TRY(file, parse_info(text, path));
  if (!file.child("scheme")) return std::optional<RulesInForce>{};
  SHIDE_TRY(rules, appraisal::load_rule_set(text, path));
  return std::optional<RulesInForce>{RulesInForce{std::move(rules), std::move(text)}};
}

}  // namespace

Result<RulesInForce> rules_in_force(Date day) {
  std::optional<RulesInForce> latest;
  for (std::string_view path : resources("schema/rules/")) {
    SHIDE_TRY(found, read_rules(path));
    if (!found || !covers(found->rules, day)) continue;
    if (!latest || latest->rules.effective_from < found->rules.effective_from) latest = std::move(*found);
  }
  if (!latest) return Error{ErrorCode::kInvalid, {"appraisal.no_rules", {{"date", to_text(day)}}}};
  return std::move(*latest);
}

}  // namespace shide::workflow
