#include "web/theme.h"

#include "base/digest.h"
#include "base/markup.h"
#include "base/text.h"
#include "web/asset_routes.h"
#include "web/page.h"
#include "web/session.h"
#include "workflow/theme.h"

namespace shide::web {
namespace {

constexpr std::int64_t kAskEvery = 5 * kSecond;  // the database, for a newer shell
constexpr std::string_view kLook = "<link rel=\"stylesheet\" href=\"";

std::size_t end_of_block(std::string_view css, std::size_t open) {
  int depth = 0;
  char quote = '\0';
  for (std::size_t i = open; i < css.size(); ++i) {
    if (quote) {
      if (css[i] == quote) quote = '\0';
    } else if (css[i] == '"' || css[i] == '\'') {
      quote = css[i];
    } else if (css[i] == '{') {
      ++depth;
    } else if (css[i] == '}' && --depth == 0) {
      return i;
    }
  }
  return css.size();
}

std::string without_comments(std::string_view css) {
  std::string out;
  for (std::size_t at; (at = css.find("/*")) != std::string_view::npos;) {
    out += css.substr(0, at);
    std::size_t end = css.find("*/", at + 2);
    css.remove_prefix(end == std::string_view::npos ? css.size() : end + 2);
  }
  out += css;
  return out;
}

/// The commas between selectors, not those inside :is(a, b) or [title=","].
std::vector<std::string_view> selectors_of(std::string_view list) {
  std::vector<std::string_view> found;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '(' || list[i] == '[') ++depth;
    if (list[i] == ')' || list[i] == ']') --depth;
    if (list[i] == ',' && depth == 0) {
      found.push_back(trim(list.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  found.push_back(trim(list.substr(begin)));
  return found;
}

std::string scoped_selector(std::string_view selector, std::string_view scope) {
  std::string own = "." + std::string(scope);
  for (std::string_view root : {":root", "html", "body"}) {
    if (!selector.starts_with(root)) continue;
    std::string_view rest = selector.substr(root.size());
    bool is_whole_word = rest.empty() || std::string_view(" .:[>+~#").find(rest.front()) != std::string_view::npos;
    if (is_whole_word) return own + std::string(rest);
  }
  return own + " " + std::string(selector);
}

/// Between two pieces of a text that we wrote ourselves; empty views when it is not as we wrote it.
struct Parts {
  std::string_view before, inside, after;
};
Parts parts_of(std::string_view text, std::string_view begin, std::string_view end) {
  std::size_t at = text.find(begin);
  if (at == std::string_view::npos) return {};
  std::size_t to = text.find(end, at + begin.size());
  if (to == std::string_view::npos) return {};
  return {text.substr(0, at), text.substr(at + begin.size(), to - at - begin.size()), text.substr(to + end.size())};
}

std::string theme_policy(const std::vector<std::string>& origins) {
  std::string also;
  for (const std::string& origin : origins) also += " " + origin;
  return "default-src 'none'; style-src 'self'" + also + "; img-src 'self' data:" + also + "; font-src 'self' data:" + also +
         "; script-src 'self'; connect-src 'self'; form-action 'self'" + also + "; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
}

std::string style_address(const Call& call, const model::ThemeShell& shell) { return call.link("/theme.css?v=" + sha256_hex(shell.style).substr(0, 12)); }

}  // namespace

std::string scoped_look(std::string_view look, std::string_view scope) {
  std::string css = without_comments(look), out;
  std::string_view rest = css;
  for (std::size_t open; (open = rest.find('{')) != std::string_view::npos;) {
    std::string_view head = trim(rest.substr(0, open));
    std::size_t close = end_of_block(rest, open);
    std::string_view block = rest.substr(open + 1, close - open - 1);
    if (head.starts_with("@media") || head.starts_with("@supports")) {
      out += std::string(head) + "{" + scoped_look(block, scope) + "}\n";
    } else if (head.starts_with('@')) {
      out += std::string(head) + "{" + std::string(block) + "}\n";
    } else {
      std::vector<std::string> selectors;
      for (std::string_view one : selectors_of(head)) selectors.push_back(scoped_selector(one, scope));
      out += join(selectors, ", ") + " {" + std::string(block) + "}\n";
    }
    rest.remove_prefix(std::min(close + 1, rest.size()));
  }
  return out;
}

std::string in_shell(std::string_view page, const model::ThemeShell& shell, std::string_view style_address, std::string_view look_address) {
  Parts look = parts_of(page, kLook, ">");
  Parts body = parts_of(look.after, "<body", ">");
  std::size_t end = body.after.rfind("</body>");
  if (look.after.empty() || body.after.empty() || end == std::string_view::npos) return std::string(page);
  std::string out(look.before);
  for (std::string_view line : split(shell.stylesheets, '\n')) {
    std::size_t blank = line.rfind(' ');  // a medium may hold blanks, an address does not
    if (blank == std::string_view::npos) continue;
    out += std::string(kLook) + escape_html(line.substr(blank + 1)) + "\" media=\"" + escape_html(line.substr(0, blank)) + "\">\n";
  }
  if (!shell.style.empty()) out += std::string(kLook) + escape_html(style_address) + "\">\n";
  out += std::string(kLook) + escape_html(look_address) + "\">";
  Parts own_class = parts_of(body.inside, "class=\"", "\"");
  out += std::string(body.before) + "<body class=\"" + escape_html(shell.body_class) + "\">\n" + shell.top;
  out += "\n<div class=\"shide-in-theme" + (own_class.inside.empty() ? "" : " " + std::string(own_class.inside)) + "\">" + std::string(body.after.substr(0, end)) + "</div>\n";
  out += shell.bottom + "\n" + std::string(body.after.substr(end));
  return out;
}

std::shared_ptr<const model::ThemeShell> Themes::now(const Call& call) {
  std::lock_guard lock(mutex_);
  bool is_fresh = was_asked_ && call.now() - asked_at_ < kAskEvery && call.now() >= asked_at_;
  if (is_fresh) return kept_;
  auto shell = workflow::theme_now(ports_, call.actor().school);
  was_asked_ = true;
  asked_at_ = call.now();
  kept_ = shell ? std::make_shared<const model::ThemeShell>(std::move(*shell)) : nullptr;
  return kept_;
}

Response Themes::around(const Call& call, Response page) {
  if (!ports_.theme->is_wanted() || page.status != 200) return page;
  auto shell = now(call);
  if (!shell) return page;
  page.body = in_shell(page.body, *shell, style_address(call, *shell), asset_address(call.request().mount_prefix, "look-in-theme.css"));
  set_header(page, "Content-Security-Policy", theme_policy(origins_));
  return page;
}

Result<Response> Themes::style(const Call& call) {
  auto shell = now(call);
  if (!shell) return not_found();
  Response response;
  set_header(response, "Content-Type", "text/css; charset=utf-8");
  set_header(response, "Cache-Control", "public, max-age=300");
  response.body = shell->style;
  return response;
}

}  // namespace shide::web
