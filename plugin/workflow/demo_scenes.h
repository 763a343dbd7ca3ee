// The ten things a demo photo may show; each is drawn anew from its random numbers.
#pragma once

#include <span>
#include <string_view>

#include "workflow/demo_canvas.h"

namespace shide::workflow {

struct DemoScene {
  std::string_view name;  // the last part of its text code: photo.scene.desk
  void (*draw)(DemoCanvas&, DemoRandom&);
};

std::span<const DemoScene> demo_scenes();

}  // namespace shide::workflow
