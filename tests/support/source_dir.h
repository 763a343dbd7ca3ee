// Where this checkout lies, for tests that read golden files and corpora.
#pragma once

#include <filesystem>

namespace shide::test {

std::filesystem::path source_dir();

}  // namespace shide::test
