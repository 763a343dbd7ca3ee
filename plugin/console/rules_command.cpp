#include "console/rules_command.h"

#include <fstream>
#include <iterator>

#include "base/resource.h"

namespace shide::console {
namespace {

constexpr std::size_t kFileLimit = 1 << 20;

void say(const std::function<void(std::string_view)>& to, const Phrase& phrase, Language language) { to(render(phrase, language) + "\n"); }

struct Options {
  std::string file;
  Language language = Language::kChinese;
};

std::optional<Options> parse(const Arguments& arguments) {
  Options options;
  if (arguments.empty() || arguments[0] != "check") return std::nullopt;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == "--lang") {
      auto language = i + 1 < arguments.size() ? language_of(arguments[++i]) : std::nullopt;
      if (!language) return std::nullopt;
      options.language = *language;
    } else if (options.file.empty() && !arguments[i].starts_with("--")) {
      options.file = arguments[i];
    } else {
      return std::nullopt;
    }
  }
  if (options.file.empty()) return std::nullopt;
  return options;
}

std::size_t item_count(const appraisal::RuleSet& rules) {
  std::size_t count = rules.items.size();
  for (const appraisal::Component& component : rules.components) count += component.items.size();
  return count;
}

}  // namespace

int rules_command(const Arguments& arguments, Streams& streams) {
  auto options = parse(arguments);
  if (!options) {
    say(streams.err, {"rules.usage_check"}, Language::kChinese);
    return kWrongUsage;
  }
  auto text = read_rule_file(options->file);
  if (!text) {
    say(streams.err, {"rules.cannot_read", {{"file", options->file}}}, options->language);
    return kCouldNot;
  }
  auto rules = appraisal::load_rule_set(*text, options->file);
  if (const Error* error = rules.if_error()) {
    tell_refusal(*error, options->language, streams);
    return kFoundWrong;
  }
  for (const Problem& warning : rules->warnings) {
    streams.err(warning.path + ": " + render({"rules.warning"}, options->language) + render(warning.phrase, options->language) + "\n");
  }
  say(streams.out, {"rules.fine", {{"file", options->file}, {"key", rules->key}, {"version", rules->version}, {"components", rules->components.size()},
                                   {"items", item_count(*rules)}, {"events", rules->events.size()}, {"sha256", rules->sha256}}}, options->language);
  return kFine;
}

std::optional<std::string> read_rule_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    auto embedded = resource(path);
    return embedded ? std::optional(std::string(*embedded)) : std::nullopt;
  }
  std::string text(kFileLimit + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || file.gcount() > static_cast<std::streamsize>(kFileLimit)) return std::nullopt;
  // A directory opens, but gives nothing and fails.
  if (file.gcount() == 0 && !file.eof()) return std::nullopt;
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

void tell_refusal(const Error& error, Language language, Streams& streams) {
  say(streams.err, error.phrase, language);
  for (const Problem& problem : error.problems) streams.err(problem.path + ": " + render(problem.phrase, language) + "\n");
}

std::optional<Language> language_of(std::string_view name) {
  if (name == "zh" || name == "zh-CN") return Language::kChinese;
  if (name == "en") return Language::kEnglish;
  return std::nullopt;
}

}  // namespace shide::console
