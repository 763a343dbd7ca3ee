#include "console/score_command.h"

#include <optional>

#include "appraisal/score.h"
#include "base/json.h"
#include "console/lines.h"
#include "console/rules_command.h"
#include "console/score_facts.h"

namespace shide::console {
namespace {

struct Options {
  std::string rules;
  Language language = Language::kChinese;
};

std::optional<Options> parse(const Arguments& arguments) {
  Options options;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (arguments[i] == "--rules" && options.rules.empty()) {
      options.rules = arguments[i + 1];
    } else if (auto language = language_of(arguments[i + 1]); arguments[i] == "--lang" && language) {
      options.language = *language;
    } else {
      return std::nullopt;
    }
  }
  if (options.rules.empty() || arguments.size() % 2 != 0) return std::nullopt;
  return options;
}

// Scores one line; answers false for a bad one, whose number and problems are told.
class LineScorer {
 public:
  LineScorer(const appraisal::RuleSet& rules, Language language, Streams& streams) : rules_(rules), language_(language), streams_(streams) {}

  bool operator()(int number, std::string_view text) {
    auto json = parse_json(text);
    if (const Error* error = json.if_error()) return tell(number, {{"", error->phrase}});
    auto facts = read_facts(*json);
    if (const Error* error = facts.if_error()) return tell(number, error->problems);
    std::vector<Problem> problems = appraisal::check_facts(rules_, *facts);
    if (!problems.empty()) return tell(number, problems);
    streams_.out(score_json(rules_, appraisal::score(rules_, *facts), language_).dump() + "\n");
    return true;
  }

 private:
  bool tell(int number, const std::vector<Problem>& problems) {
    std::string head = render({"rules.bad_line", {{"line", number}}}, language_);
    for (const Problem& problem : problems) {
      streams_.err(head + (problem.path.empty() ? "" : problem.path + ": ") + render(problem.phrase, language_) + "\n");
    }
    return false;
  }

  const appraisal::RuleSet& rules_;
  Language language_;
  Streams& streams_;
};

}  // namespace

int score_command(const Arguments& arguments, Streams& streams) {
  auto options = parse(arguments);
  if (!options) {
    streams.err(render({"rules.usage_score"}, Language::kChinese) + "\n");
    return kWrongUsage;
  }
  auto text = read_rule_file(options->rules);
  if (!text) {
    streams.err(render({"rules.cannot_read", {{"file", options->rules}}}, options->language) + "\n");
    return kCouldNot;
  }
  auto rules = appraisal::load_rule_set(*text, options->rules);
  if (const Error* error = rules.if_error()) {
    tell_refusal(*error, options->language, streams);
    return kFoundWrong;
  }
  return for_each_line(streams, LineScorer(*rules, options->language, streams));
}

}  // namespace shide::console
