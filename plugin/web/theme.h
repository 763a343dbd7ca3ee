// Our public pages inside the theme of the school's own site: its header above, its footer below, its styles; ours kept to our part.
//
//     Themes themes(ports, {"https://www.example.edu.cn"});
//     return themes.around(call, call.page("public", view));      the same page when there is no theme to be had
//
// Scripts of the theme are not executed: they were taken out with everything else that acts (base/page_shell), and the page's
// Content-Security-Policy lets styles, fonts and pictures come from the site, never a script. Menus that need one stay links.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "model/school.h"
#include "ports/ports.h"
#include "web/call.h"
#include "web/router.h"

namespace shide::web {

class Themes {
 public:
  /// `origins`: where styles, fonts and pictures of the theme may come from.
  Themes(ports::Ports& ports, std::vector<std::string> origins) : ports_(ports), origins_(std::move(origins)) {}

  Response around(const Call& call, Response page);
  /// The styles that stood in the theme's own page, as a file.
  Result<Response> style(const Call& call);

 private:
  std::shared_ptr<const model::ThemeShell> now(const Call& call);

  ports::Ports& ports_;
  std::vector<std::string> origins_;
  std::mutex mutex_;
  std::shared_ptr<const model::ThemeShell> kept_;  // guarded by mutex_, as are the next two
  Time asked_at_;
  bool was_asked_ = false;
};

/// look.css for a part of a page: every rule counts only inside the element of class `scope`.
///     scoped_look("a, body.big { b: c }", "x")  ->  ".x a, .x.big { b: c }"
std::string scoped_look(std::string_view look, std::string_view scope);

/// The page, with the shell around what its body holds. Pure.
std::string in_shell(std::string_view page, const model::ThemeShell& shell, std::string_view style_address, std::string_view look_address);

}  // namespace shide::web
