// The files of schema/, web/templates/ and web/assets/ as compiled in, by the path they have in the repository:
//     resource("schema/text/en.info")
// A directory given by configuration overrides file by file, so that a school can change a sentence without a compiler.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shide {

/// The bytes, valid for the life of the process; nothing when there is no such file.
std::optional<std::string_view> resource(std::string_view path);

/// All paths that begin with `prefix`, sorted.
std::vector<std::string_view> resources(std::string_view prefix);

/// Reads files below `directory` (which mirrors schema/) in place of the compiled ones from now on. To be called before the
/// first request is served; files already read keep their text.
void override_resources(std::string directory);

}  // namespace shide
