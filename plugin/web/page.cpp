#include "web/page.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary_interface.h>

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <set>
#include <stdexcept>

#include "base/markup.h"
#include "base/resource.h"
#include "base/text.h"

namespace shide::web {
namespace {

constexpr std::string_view kFolder = "plugin/web/templates/";
constexpr std::string_view kPragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr int kIncludeDepth = 8;

// ── loading: includes first, then sentences ─────────────────────────────────────────────────────────────────────────────────

std::string with_includes(std::string_view path, int depth, std::vector<std::string>& errors) {
  auto bytes = resource(path);
  if (!bytes || depth > kIncludeDepth) {
    errors.push_back(std::string(path) + (bytes ? ": includes itself" : ": there is no such template"));
    return {};
  }
  std::string_view text = *bytes;
  if (!text.starts_with(kPragma)) errors.push_back(std::string(path) + ": does not begin with the AUTOESCAPE pragma");
  else if (depth > 0) text.remove_prefix(kPragma.size() + (text.substr(kPragma.size()).starts_with('\n') ? 1 : 0));
  std::string out;
  while (true) {
    std::size_t at = text.find("{{>");
    std::size_t end = at == std::string_view::npos ? at : text.find("}}", at);
    out += text.substr(0, at);
    if (end == std::string_view::npos) return out;
    std::string part = with_includes(std::string(kFolder) + "parts/" + lower_ascii(text.substr(at + 3, end - at - 3)) + ".html", depth + 1, errors);
    if (part.ends_with('\n')) part.pop_back();
    out += part;
    text.remove_prefix(end + 2);
  }
}

std::string with_sentences(std::string_view text, Language language, std::string_view name, std::vector<std::string>& errors) {
  std::string out;
  while (true) {
    std::size_t at = text.find("[[");
    std::size_t end = at == std::string_view::npos ? at : text.find("]]", at);
    out += text.substr(0, at);
    if (end == std::string_view::npos) return out;
    std::string_view code = text.substr(at + 2, end - at - 2);
    std::string_view sentence = text_of(code, language);
    std::string where = std::string(name) + ": [[" + std::string(code) + "]] ";
    if (sentence.empty()) errors.push_back(where + "has no text in " + std::string(language_tag(language)));
    else if (sentence.find("{{") != std::string_view::npos) errors.push_back(where + "holds a template's own braces");
    out += escape_html(sentence);
    text.remove_prefix(end + 2);
  }
}

struct Templates {
  std::array<ctemplate::TemplateCache, 2> caches;  // by language
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> with_csrf;
  std::vector<std::string> errors;

  Templates() {
    for (std::string_view path : resources(kFolder)) {
      std::string_view name = path.substr(kFolder.size());
      if (name.find('/') != std::string_view::npos || !name.ends_with(".html")) continue;
      name.remove_suffix(5);
      names.emplace(name);
      std::string whole = with_includes(path, 0, errors);
      if (whole.find("{{CSRF}}") != std::string::npos) with_csrf.emplace(name);
      for (Language language : {Language::kChinese, Language::kEnglish}) {
        std::string text = with_sentences(whole, language, name, errors);
        if (!caches[language == Language::kEnglish].StringToTemplateCache(std::string(name), text, ctemplate::STRIP_BLANK_LINES)) {
          errors.push_back(std::string(path) + ": ctemplate cannot escape or parse it");
        }
      }
    }
    for (auto& cache : caches) cache.Freeze();
  }
};

const Templates& templates() {
  static const Templates* all = new Templates;  // never destroyed: a page may be rendered while the process ends
  return *all;
}

// ── rendering: ctemplate asks, the JSON view answers ────────────────────────────────────────────────────────────────────────

/// What lives as long as one rendering.
struct Rendering {
  std::deque<std::string> numbers;         // texts made from numbers: ctemplate keeps pointers
  std::vector<std::string>* unknown = nullptr;
};

bool is_shown(const json* value) {
  if (!value || value->is_null()) return false;
  if (value->is_boolean()) return value->get<bool>();
  if (value->is_string()) return !value->get_ref<const std::string&>().empty();
  if (value->is_array() || value->is_object()) return !value->empty();
  return true;
}

class View : public ctemplate::TemplateDictionaryInterface {
 public:
  View(const json& value, const View* around, Rendering& rendering) : value_(value), around_(around), rendering_(rendering) {}

 protected:
  ctemplate::TemplateString GetValue(const ctemplate::TemplateString& variable) const override {
    std::string key = key_of(variable);
    const json* value = find(key);
    if (!value && rendering_.unknown) rendering_.unknown->push_back(key);
    if (!value || value->is_null()) return "";
    if (value->is_string()) {
      const std::string& text = value->get_ref<const std::string&>();
      return {text.data(), text.size()};
    }
    if (value->is_structured() || value->is_boolean()) return "";
    const std::string& text = rendering_.numbers.emplace_back(value->dump());
    return {text.data(), text.size()};
  }

  bool IsHiddenSection(const ctemplate::TemplateString& name) const override {
    std::string key = key_of(name);
    const json* value = find(key);
    if (!value && key.starts_with("no_")) return is_shown(find(std::string_view(key).substr(3)));
    return !is_shown(value);
  }
  bool IsUnhiddenSection(const ctemplate::TemplateString& name) const override { return !IsHiddenSection(name); }

  Iterator* CreateSectionIterator(const ctemplate::TemplateString& section) const override {
    const json* value = find(key_of(section));
    return value && value->is_structured() ? new Elements(*value, *this) : new Elements(*this);
  }

  bool IsHiddenTemplate(const ctemplate::TemplateString&) const override { return true; }
  const char* GetIncludeTemplateName(const ctemplate::TemplateString&, int) const override { return ""; }
  Iterator* CreateTemplateIterator(const ctemplate::TemplateString&) const override { return new Elements(); }
  void DumpToString(std::string* out, int) const override { *out += "(view)"; }

 private:
  /// The elements of an array, one object, or the same view once more.
  class Elements : public Iterator {
   public:
    Elements() = default;
    explicit Elements(const View& same) : views_(1), count_(1) { views_[0] = std::make_unique<View>(same.value_, same.around_, same.rendering_); }
    Elements(const json& value, const View& around) : count_(value.is_array() ? value.size() : 1) {
      views_.reserve(count_);
      if (value.is_object()) views_.push_back(std::make_unique<View>(value, &around, around.rendering_));
      else for (const json& element : value) views_.push_back(std::make_unique<View>(element, &around, around.rendering_));
    }
    bool HasNext() const override { return next_ < count_; }
    const TemplateDictionaryInterface& Next() override { return *views_[next_++]; }

   private:
    std::vector<std::unique_ptr<View>> views_;
    std::size_t count_ = 0;
    std::size_t next_ = 0;
  };

  static std::string key_of(const ctemplate::TemplateString& name) { return lower_ascii({name.data(), name.size()}); }

  const json* find(std::string_view key) const {
    for (const View* view = this; view; view = view->around_) {
      if (view->value_.is_object()) {
        if (auto found = view->value_.find(key); found != view->value_.end()) return &*found;
      } else if (key == "it") {
        return &view->value_;
      }
    }
    return nullptr;
  }

  const json& value_;
  const View* around_;
  Rendering& rendering_;
};

}  // namespace

std::string render_page(std::string_view name, Language language, const json& view, std::vector<std::string>* unknown) {
  const Templates& all = templates();
  if (all.names.find(name) == all.names.end()) throw std::logic_error("no template " + std::string(name));
  Rendering rendering;
  rendering.unknown = unknown;
  View root(view, nullptr, rendering);
  std::string page;
  if (!all.caches[language == Language::kEnglish].ExpandNoLoad(std::string(name), ctemplate::STRIP_BLANK_LINES, &root, nullptr, &page)) {
    throw std::logic_error("template " + std::string(name) + " cannot be expanded");
  }
  return page;
}

std::vector<std::string> template_errors() { return templates().errors; }

bool carries_csrf(std::string_view name) { return templates().with_csrf.count(name) > 0; }

std::vector<std::string> template_names() { return {templates().names.begin(), templates().names.end()}; }

}  // namespace shide::web
