#include "workflow/demo_photo.h"

#include "workflow/demo_scenes.h"
#include "workflow/stored_png.h"

namespace shide::workflow {
namespace {

const DemoScene& scene_of(std::uint64_t seed) { return demo_scenes()[seed % demo_scenes().size()]; }

}  // namespace

std::string draw_demo_photo(std::uint64_t seed) {
  DemoRandom random(seed);
  DemoCanvas canvas;
  Point center{random.between(390, 570), random.between(270, 370)};
  canvas.look(center, random.between(1.0, 1.45), random.between(-0.06, 0.06), random.chance(0.5));
  scene_of(seed).draw(canvas, random);
  canvas.finish(random.between(-1, 1), random);
  return stored_png(DemoCanvas::kWidth, DemoCanvas::kHeight, canvas.rgb());
}

Phrase describe_demo_photo(std::uint64_t seed) { return {"photo.scene." + std::string(scene_of(seed).name)}; }

}  // namespace shide::workflow
