#include "workflow/demo_scenes.h"

#include <cmath>

namespace shide::workflow {
namespace {

// Beyond the picture on every side, so that the camera never looks past the room.
constexpr double kLeft = -400, kTop = -400, kWide = 1760, kHigh = 1440;

constexpr Color kQing = 0x1D5B5C, kDeepQing = 0x12403F, kMoon = 0xF2F5F3, kLamp = 0xEDB64F, kLight = 0xF7E7BE, kNight = 0x10383A,
                kSeal = 0xA3302A, kWood = 0x6B4A2A, kFrame = 0x7B5D38, kDarkWood = 0x3A2B18, kLeaf = 0x4C7A5A, kClay = 0xA8633F;

const std::vector<Color> kWalls{0xC9B590, 0xD9CDB4, 0xBFC9BE, 0xC4B3A0, 0xB7C5C4, 0xD6C3A5, 0xA9B8B0, 0xCFC8BC};
const std::vector<Color> kFloors{0x9C7A4E, 0x8A6B45, 0xA88B62, 0x7D6A55, 0x8F8A7C, 0x6F5B43};
const std::vector<Color> kCloths{0x1D5B5C, 0xEDB64F, 0xA3302A, 0xF2F5F3, 0x6D8FA3, 0x8A9A6B, 0xC98F6B, 0x4A5A78, 0xD8D2C4};

struct Room {
  Color wall;
  Color floor;
  double floor_y;
};

Room room(DemoCanvas& canvas, DemoRandom& random, double floor_from, double floor_to) {
  Room made{random.one_of(kWalls), random.one_of(kFloors), random.between(floor_from, floor_to)};
  canvas.rect(kLeft, kTop, kWide, kHigh, made.wall);
  for (int band = 0; band < 6; ++band) canvas.rect(kLeft, made.floor_y - 60 * band, kWide, 60, mix(made.wall, kMoon, 0.04 * band), 0.5);
  canvas.rect(kLeft, made.floor_y, kWide, kHigh, made.floor);
  for (double y = made.floor_y + 26, step = 26; y < 1000; y += step, step *= 1.35) canvas.rect(kLeft, y, kWide, 2, mix(made.floor, kDarkWood, 0.35));
  canvas.rect(kLeft, made.floor_y - 12, kWide, 12, mix(made.wall, kDarkWood, 0.30));
  return made;
}

// A window with what is behind it; by day hills and sky, in the evening lit panes over there.
void window(DemoCanvas& canvas, DemoRandom& random, double x, double y, double width, double height) {
  bool evening = random.chance(0.4);
  Color sky = evening ? mix(kNight, 0x4A6B80, random.between(0, 0.6)) : mix(kLight, 0xBFD8E0, random.between(0, 0.8));
  canvas.rect(x - 9, y - 9, width + 18, height + 18, kFrame);
  canvas.rect(x, y, width, height, sky);
  double hill = random.between(0.45, 0.8);
  for (int i = 0; i < 3; ++i) {
    double left = x + width * i / 3, peak = y + height * (hill - random.between(0, 0.2));
    canvas.polygon({{left, y + height}, {left, peak + 20}, {left + width / 6, peak}, {left + width / 3, peak + 24}, {left + width / 3, y + height}},
                   evening ? kNight : mix(kLeaf, sky, random.between(0.2, 0.5)));
    if (evening) canvas.rect(left + width / 9, peak + height * 0.12, width / 18, height / 14, kLamp);
  }
  int columns = random.whole(2, 3), rows = random.whole(1, 3);
  for (int i = 1; i < columns; ++i) canvas.rect(x + width * i / columns - 4, y, 8, height, kFrame);
  for (int i = 1; i < rows; ++i) canvas.rect(x, y + height * i / rows - 4, width, 8, kFrame);
  canvas.rect(x - 18, y + height + 6, width + 36, 14, mix(kFrame, kMoon, 0.25));
  if (!evening) canvas.glow(x + width / 2, y + height / 2, width * 1.4, kLight, 0.25);
}

void curtain(DemoCanvas& canvas, double x, double y, double width, double height, Color color) {
  constexpr int kFolds = 5;
  for (int i = 0; i < kFolds; ++i) canvas.rect(x + width * i / kFolds, y, width / kFolds + 1, height, i % 2 ? color : mix(color, kDarkWood, 0.18));
}

void plant(DemoCanvas& canvas, DemoRandom& random, double x, double y, double size) {
  Color leaf = mix(kLeaf, random.one_of(std::vector<Color>{kQing, 0x9DB26B, kDeepQing}), random.between(0, 0.7));
  int leaves = random.whole(5, 9);
  for (int i = 0; i < leaves; ++i) {
    double lean = (i - (leaves - 1) / 2.0) / leaves * 1.8, reach = size * random.between(0.8, 1.5);
    Point tip{x + std::sin(lean) * reach, y - size * 0.6 - std::cos(lean) * reach};
    canvas.polygon({{x - size * 0.10, y - size * 0.5}, {(x + tip.x) / 2 - size * 0.16, (y + tip.y) / 2 - size * 0.25}, tip, {(x + tip.x) / 2 + size * 0.16, (y + tip.y) / 2}, {x + size * 0.10, y - size * 0.5}},
                   i % 2 ? leaf : mix(leaf, kMoon, 0.15));
    if (random.chance(0.25)) canvas.ellipse(tip.x, tip.y, size * 0.14, size * 0.14, random.chance(0.5) ? kLamp : 0xD98C86);
  }
  canvas.polygon({{x - size * 0.5, y - size * 0.65}, {x + size * 0.5, y - size * 0.65}, {x + size * 0.36, y}, {x - size * 0.36, y}}, random.chance(0.5) ? kClay : kQing);
}

// Upright books on a board at `y`, from x to `end`; a gap or a leaning one now and then.
void books(DemoCanvas& canvas, DemoRandom& random, double x, double end, double y, double height) {
  while (x < end - 12) {
    double width = random.between(12, 34), tall = height * random.between(0.6, 0.95);
    if (x + width > end) width = end - x;
    if (random.chance(0.14)) {
      x += random.between(20, 70);
      continue;
    }
    Color color = mix(random.one_of(kCloths), kDarkWood, random.between(0, 0.25));
    canvas.rect(x, y - tall, width - 2, tall, color);
    canvas.rect(x, y - tall * 0.82, width - 2, 5, mix(color, kMoon, 0.55));
    x += width;
  }
}

void desk_lamp(DemoCanvas& canvas, double x, double y, double size, bool lit) {
  if (lit) canvas.glow(x + size * 0.9, y - size * 0.3, size * 3.2, kLamp, 0.45);
  canvas.ellipse(x, y - 4, size * 0.34, 7, kDarkWood);
  canvas.line({x, y - 4}, {x - size * 0.2, y - size * 0.75}, 8, kDarkWood);
  canvas.line({x - size * 0.2, y - size * 0.75}, {x + size * 0.5, y - size * 1.2}, 8, kDarkWood);
  canvas.polygon({{x + size * 0.35, y - size * 1.28}, {x + size * 0.7, y - size * 1.2}, {x + size * 0.95, y - size * 0.72}, {x + size * 0.3, y - size * 0.86}}, kLamp);
}

void chair(DemoCanvas& canvas, double x, double seat_y, double size, Color color) {
  canvas.rect(x, seat_y - size * 1.1, size * 0.14, size * 2.2, kDarkWood);
  canvas.rect(x + size * 0.86, seat_y, size * 0.12, size * 1.1, kDarkWood);
  canvas.rect(x, seat_y - size * 1.0, size * 0.2, size * 0.62, color);
  canvas.rect(x, seat_y, size, size * 0.16, color);
}

void picture(DemoCanvas& canvas, DemoRandom& random, double x, double y, double width, double height) {
  canvas.rect(x - 6, y - 6, width + 12, height + 12, random.chance(0.5) ? kDarkWood : kFrame);
  canvas.rect(x, y, width, height, mix(kMoon, kLight, random.between(0, 1)));
  canvas.ellipse(x + width * random.between(0.3, 0.7), y + height * 0.4, width * 0.18, width * 0.18, random.one_of(kCloths));
  canvas.polygon({{x, y + height}, {x + width * random.between(0.2, 0.5), y + height * 0.5}, {x + width, y + height}}, random.one_of(kCloths), 0.8);
}

void draw_desk(DemoCanvas& canvas, DemoRandom& random) {
  Room in = room(canvas, random, 420, 500);
  double window_x = random.between(80, 520), window_y = random.between(50, 130);
  window(canvas, random, window_x, window_y, random.between(180, 320), random.between(150, 240));
  double x = random.between(120, 460), y = random.between(360, 440), width = random.between(300, 420);
  if (random.chance(0.6)) picture(canvas, random, window_x > 400 ? 120 : 660, random.between(70, 170), random.between(80, 160), random.between(90, 130));
  canvas.ellipse(x + width / 2, in.floor_y + 130, width * 0.6, 26, kDarkWood, 0.25);
  canvas.rect(x + 18, y, 22, 210, kWood);
  canvas.rect(x + width - 40, y, 22, 210, kWood);
  if (random.chance(0.5)) canvas.rect(x + width - 140, y, 110, random.between(60, 150), mix(kWood, kMoon, 0.12));
  canvas.rect(x, y - 16, width, 26, mix(kWood, kMoon, 0.08));
  desk_lamp(canvas, x + random.between(50, width - 120), y - 16, random.between(70, 110), random.chance(0.7));
  double pile = x + random.between(0.5, 0.75) * width;
  for (int i = 0, count = random.whole(2, 5); i < count; ++i) canvas.rect(pile + random.between(-10, 10), y - 16 - 16 * (i + 1), random.between(70, 110), 16, random.one_of(kCloths));
  chair(canvas, x + random.between(-110, width * 0.4), y + random.between(70, 110), random.between(90, 130), random.one_of(kCloths));
}

void draw_window(DemoCanvas& canvas, DemoRandom& random) {
  canvas.rect(kLeft, kTop, kWide, kHigh, random.one_of(kWalls));
  double x = random.between(150, 300), y = random.between(20, 120), width = random.between(360, 560), height = random.between(300, 400);
  window(canvas, random, x, y, width, height);
  Color cloth = random.one_of(kCloths);
  double left = random.between(60, 180), right = random.between(40, 200);
  curtain(canvas, x - 70, y - 40, left, height + random.between(40, 260), cloth);
  curtain(canvas, x + width + 70 - right, y - 40, right, height + random.between(40, 260), cloth);
  canvas.line({x - 120, y - 42}, {x + width + 120, y - 42}, 12, kDarkWood);
  double sill = y + height + 40;
  canvas.rect(x - 60, sill, width + 120, 30, mix(kFrame, kMoon, 0.4));
  for (int i = 0, count = random.whole(1, 4); i < count; ++i) plant(canvas, random, x + random.between(0.05, 0.95) * width, sill + 2, random.between(60, 120));
  if (random.chance(0.5)) canvas.rect(x + random.between(0, width - 120), sill - 26, 110, 28, random.one_of(kCloths));
  canvas.rect(x + random.between(-100, 100), sill + random.between(70, 110), random.between(300, 560), 140, mix(random.one_of(kFloors), kMoon, 0.2));
}

void draw_door(DemoCanvas& canvas, DemoRandom& random) {
  Room in = room(canvas, random, 500, 570);
  double x = random.between(180, 560), width = random.between(180, 250), y = random.between(70, 150);
  Color color = random.one_of(std::vector<Color>{kQing, kWood, 0x8A5A3A, 0x5E7F86, 0x7B8B6F});
  canvas.rect(x - 22, y - 22, width + 44, in.floor_y - y + 26, mix(color, kDarkWood, 0.4));
  canvas.rect(x, y, width, in.floor_y - y + 4, color);
  for (double top : {0.08, 0.55}) canvas.rect(x + width * 0.14, y + (in.floor_y - y) * top, width * 0.72, (in.floor_y - y) * 0.36, mix(color, kMoon, 0.12));
  canvas.ellipse(x + width * 0.9, y + (in.floor_y - y) * 0.52, 9, 9, kLamp);
  if (random.chance(0.5)) {
    for (double side : {x - 62, x + width + 30}) canvas.rect(side, y + 10, 34, in.floor_y - y - 90, kSeal);
    canvas.rect(x + 10, y - 62, width - 20, 32, kSeal);
  }
  double wall_x = x > 380 ? random.between(-20, 40) : x + width + 90;
  int columns = random.whole(2, 3), rows = random.whole(2, 5);
  double each = random.between(80, 104), top = random.between(60, 140);
  for (int i = 0; i < columns * rows; ++i) {
    if (random.chance(0.15)) continue;
    double left = wall_x + i % columns * (each + 14), up = top + i / columns * (each * 0.72 + 14) + random.between(-4, 4);
    canvas.rect(left, up, each, each * 0.72, random.chance(0.5) ? kLamp : mix(kSeal, kLight, 0.35));
    canvas.rect(left + 6, up + 6, each - 12, each * 0.72 - 12, mix(kLight, kMoon, 0.5));
    for (int row = 0; row < 3; ++row) canvas.rect(left + 18, up + 18 + row * 13, each * random.between(0.35, 0.6), 4, mix(kSeal, kMoon, 0.4));
  }
  double mat = random.between(-60, 120);
  canvas.polygon({{x + mat, in.floor_y + 30}, {x + mat + 230, in.floor_y + 30}, {x + mat + 270, in.floor_y + 80}, {x + mat - 40, in.floor_y + 80}}, random.one_of(kCloths));
  plant(canvas, random, x > 400 ? x - 110 : x + width + 110, in.floor_y + 30, random.between(60, 110));
}

void draw_courtyard(DemoCanvas& canvas, DemoRandom& random) {
  Color sky = mix(0xBFD8E0, kLight, random.between(0, 1));
  double wall_y = random.between(200, 300), ground_y = random.between(420, 490);
  canvas.rect(kLeft, kTop, kWide, kHigh, sky);
  canvas.ellipse(random.between(100, 860), random.between(40, 140), 46, 46, kLight);
  canvas.rect(kLeft, wall_y, kWide, 400, mix(random.one_of(kWalls), kMoon, 0.5));
  double house = random.between(-300, 520), roof = random.between(280, 520);
  canvas.polygon({{house, wall_y - 30}, {house + roof * 0.2, wall_y - 150}, {house + roof, wall_y - 150}, {house + roof * 1.2, wall_y - 30}}, 0x4B5A5C);
  canvas.rect(house + 30, wall_y - 30, roof * 1.1, ground_y - wall_y + 34, mix(0xD9CDB4, kClay, random.between(0, 0.5)));
  canvas.rect(house + random.between(60, 200), wall_y + 40, random.between(70, 120), ground_y - wall_y - 40, kWood);
  canvas.rect(kLeft, wall_y - 12, house - kLeft, 20, 0x4B5A5C);
  canvas.rect(kLeft, ground_y, kWide, 900, mix(0x9A9484, kLeaf, random.between(0, 0.4)));
  for (int i = 0; i < 12; ++i) canvas.ellipse(random.between(-100, 1060), random.between(ground_y + 20, 700), random.between(20, 70), random.between(6, 16), 0x7D7868, 0.5);
  double x = random.between(120, 840), crown = random.between(110, 190);
  canvas.polygon({{x - 16, ground_y + 40}, {x - 9, ground_y - 180}, {x + 9, ground_y - 180}, {x + 18, ground_y + 40}}, kDarkWood);
  Color leaf = mix(kLeaf, random.chance(0.4) ? kLamp : kDeepQing, random.between(0.1, 0.6));
  for (int i = 0; i < 9; ++i) canvas.ellipse(x + random.between(-0.9, 0.9) * crown, ground_y - 210 + random.between(-0.7, 0.5) * crown, crown * random.between(0.35, 0.6), crown * random.between(0.3, 0.5), i % 2 ? leaf : mix(leaf, kMoon, 0.18), 0.9);
  double line_y = random.between(250, 340), from = random.between(-60, 300), to = from + random.between(380, 620);
  canvas.line({from, line_y}, {to, line_y + random.between(-30, 30)}, 4, kDarkWood);
  canvas.rect(from - 6, line_y - 10, 12, ground_y - line_y + 60, kFrame);
  canvas.rect(to - 6, line_y - 10, 12, ground_y - line_y + 60, kFrame);
  for (double at = from + 30; at < to - 80;) {
    double width = random.between(44, 100);
    canvas.rect(at, line_y + 2, width, random.between(70, 150), random.one_of(kCloths));
    at += width + random.between(10, 60);
  }
}

void draw_bookshelf(DemoCanvas& canvas, DemoRandom& random) {
  Room in = room(canvas, random, 540, 600);
  double x = random.between(60, 300), width = random.between(420, 600), y = random.between(20, 90);
  Color wood = mix(kWood, random.one_of(kFloors), random.between(0, 1));
  canvas.rect(x - 18, y - 18, width + 36, in.floor_y - y + 18, wood);
  canvas.rect(x, y, width, in.floor_y - y, mix(wood, kDarkWood, 0.55));
  int rows = random.whole(3, 5);
  double height = (in.floor_y - y) / rows, divider = random.between(0.3, 0.7);
  for (int row = 0; row < rows; ++row) {
    double board = y + height * (row + 1);
    if (random.chance(0.8)) books(canvas, random, x + 4, x + width * divider - 10, board - 12, height - 20);
    else plant(canvas, random, x + width * divider / 2, board - 12, height * 0.4);
    if (random.chance(0.75)) books(canvas, random, x + width * divider + 14, x + width - 4, board - 12, height - 20);
    else picture(canvas, random, x + width * divider + 40, board - height + 34, width * (1 - divider) * 0.45, height - 60);
    canvas.rect(x, board - 12, width, 14, wood);
  }
  canvas.rect(x + width * divider - 7, y, 14, in.floor_y - y, wood);
  if (random.chance(0.5)) chair(canvas, random.chance(0.5) ? x - 130 : x + width * 0.4, in.floor_y - 30, random.between(110, 150), random.one_of(kCloths));
  else plant(canvas, random, x > 180 ? x - 90 : x + width + 90, in.floor_y + 30, random.between(90, 150));
}

void bowl(DemoCanvas& canvas, double x, double y, double size, Color color) {
  canvas.polygon({{x - size, y - size * 0.6}, {x + size, y - size * 0.6}, {x + size * 0.45, y}, {x - size * 0.45, y}}, color);
  canvas.ellipse(x, y - size * 0.6, size, size * 0.22, mix(color, kMoon, 0.5));
}

void draw_kitchen(DemoCanvas& canvas, DemoRandom& random) {
  Room in = room(canvas, random, 380, 450);
  double tiles = random.between(180, 280), tile = random.between(40, 70);
  Color glaze = mix(kMoon, random.one_of(kCloths), random.between(0.05, 0.3));
  for (double ty = in.floor_y - tiles; ty < in.floor_y - 12; ty += tile) {
    for (double tx = kLeft; tx < kLeft + kWide; tx += tile) canvas.rect(tx, ty, tile - 3, tile - 3, mix(glaze, kQing, random.between(0, 0.12)));
  }
  if (random.chance(0.6)) window(canvas, random, random.between(60, 640), random.between(30, 80), random.between(160, 260), random.between(130, 190));
  double shelf = random.between(40, 560), shelf_y = random.between(150, 230);
  canvas.rect(shelf, shelf_y, random.between(220, 340), 14, kWood);
  for (int i = 0; i < 5; ++i) canvas.rect(shelf + 14 + i * 44, shelf_y - random.between(30, 74), 34, 74, random.one_of(kCloths), 0.95);
  double lamp_x = random.between(260, 700), lamp_y = random.between(120, 190);
  canvas.line({lamp_x, kTop}, {lamp_x, lamp_y}, 5, kDarkWood);
  canvas.glow(lamp_x, lamp_y + 40, 330, kLamp, 0.4);
  canvas.polygon({{lamp_x - 24, lamp_y - 10}, {lamp_x + 24, lamp_y - 10}, {lamp_x + 74, lamp_y + 44}, {lamp_x - 74, lamp_y + 44}}, kLamp);
  double x = random.between(300, 620), y = random.between(390, 450), half = random.between(220, 320), depth = random.between(70, 120);
  for (double leg : {x - half * 0.9, x + half * 0.84}) canvas.rect(leg, y + depth, 26, 260, kDarkWood);
  Color cloth = random.chance(0.5) ? mix(kWood, kMoon, 0.15) : random.one_of(kCloths);
  canvas.polygon({{x - half * 0.78, y}, {x + half * 0.78, y}, {x + half, y + depth}, {x - half, y + depth}}, cloth);
  canvas.rect(x - half, y + depth, half * 2, 20, mix(cloth, kDarkWood, 0.35));
  for (int i = 0, count = random.whole(3, 6); i < count; ++i) bowl(canvas, x + random.between(-0.75, 0.75) * half, y + random.between(0.35, 0.95) * depth, random.between(24, 48), random.one_of(kCloths));
  double flask = x + random.between(-0.6, 0.6) * half;
  canvas.rect(flask - 22, y - 90, 44, 120, random.chance(0.5) ? kSeal : kQing);
  canvas.rect(flask - 14, y - 112, 28, 24, kLight);
}

void draw_stairs(DemoCanvas& canvas, DemoRandom& random) {
  Color wall = random.one_of(kWalls), paint = mix(random.one_of(kCloths), wall, 0.4);
  canvas.rect(kLeft, kTop, kWide, kHigh, wall);
  double rise = random.between(36, 58), run = random.between(66, 110), start = random.between(-220, 60), bottom = random.between(600, 700);
  canvas.polygon({{kLeft, bottom - 240}, {start, bottom - 240}, {start + 20 * run, bottom - 240 - 20 * rise}, {kLeft + kWide, kHigh}, {kLeft, kHigh}}, paint);
  window(canvas, random, random.between(90, 420), random.between(10, 110), random.between(130, 230), random.between(120, 190));
  Color stone = random.one_of(std::vector<Color>{0x9A9A90, 0xB0A894, 0x8F8A7C, 0x7D8A88});
  for (int step = 0; step < 20; ++step) {
    double x = start + step * run, y = bottom - step * rise;
    canvas.rect(x, y, kWide, kHigh, mix(stone, kDarkWood, 0.25));
    canvas.rect(x - 6, y, run + 12, 13, mix(stone, kMoon, 0.45));
  }
  double rail = random.between(120, 170);
  for (int step = 0; step < 20; ++step) canvas.rect(start + step * run + run / 2, bottom - step * rise - rail - rise / 2, 9, rail + rise / 2, kDeepQing);
  canvas.line({start - run, bottom + rise - rail}, {start + 20 * run, bottom - 20 * rise - rail}, 20, random.chance(0.5) ? kWood : kSeal);
  if (random.chance(0.6)) plant(canvas, random, start + 3 * run, bottom - 2 * rise, random.between(60, 100));
}

void tower(DemoCanvas& canvas, DemoRandom& random, double x, double top, double width, bool evening) {
  Color wall = evening ? mix(kNight, 0x5A7080, random.between(0.1, 0.5)) : mix(random.one_of(kWalls), 0xBFD8E0, random.between(0.2, 0.6));
  canvas.rect(x, top, width, 900, wall);
  for (double y = top + 20; y < 620; y += 36) {
    for (double at = x + 14; at < x + width - 20; at += 34) {
      bool lit = evening && random.chance(0.35);
      canvas.rect(at, y, 18, 20, lit ? kLamp : mix(wall, kNight, evening ? 0.4 : 0.3));
    }
  }
}

void draw_balcony(DemoCanvas& canvas, DemoRandom& random) {
  bool evening = random.chance(0.45);
  canvas.rect(kLeft, kTop, kWide, kHigh, evening ? mix(0x3A5A6E, 0xD9A27A, random.between(0, 0.5)) : mix(0xBFD8E0, kMoon, random.between(0, 0.7)));
  canvas.ellipse(random.between(80, 880), random.between(60, 180), 40, 40, evening ? kMoon : kLight);
  for (double x = random.between(-260, -120); x < 1200;) {
    double width = random.between(90, 220);
    tower(canvas, random, x, random.between(90, 360), width, evening);
    x += width + random.between(0, 90);
  }
  double rail = random.between(330, 410), floor_y = random.between(520, 570);
  for (double x = kLeft; x < kLeft + kWide; x += random.between(34, 44)) canvas.rect(x, rail, 7, floor_y - rail, kDarkWood);
  canvas.rect(kLeft, rail - 10, kWide, 20, kFrame);
  canvas.rect(kLeft, floor_y, kWide, 600, random.one_of(kFloors));
  for (int i = 0, count = random.whole(3, 6); i < count; ++i) plant(canvas, random, random.between(40, 920), floor_y + random.between(10, 80), random.between(60, 130));
  double post = random.chance(0.5) ? random.between(-40, 160) : random.between(800, 980);
  canvas.rect(post, kTop, random.between(50, 110), 1100, mix(random.one_of(kWalls), kMoon, 0.3));
  if (random.chance(0.6)) {
    double x = random.between(200, 640);
    for (int i = 0; i < 3; ++i) canvas.rect(x + i * 74, random.between(-80, -20), 60, random.between(200, 290), random.one_of(kCloths));
  }
}

void draw_sofa(DemoCanvas& canvas, DemoRandom& random) {
  Room in = room(canvas, random, 430, 500);
  double x = random.between(160, 400), y = in.floor_y - random.between(60, 110), width = random.between(340, 470);
  for (int i = 0, count = random.whole(1, 3); i < count; ++i) picture(canvas, random, x + i * random.between(120, 160), random.between(60, 150), random.between(80, 130), random.between(80, 140));
  if (random.chance(0.5)) window(canvas, random, x > 290 ? -60 : 700, random.between(60, 120), 190, random.between(160, 230));
  Color cloth = random.one_of(kCloths), dark = mix(cloth, kDarkWood, 0.25);
  canvas.ellipse(x + width / 2, y + 190, width * 0.62, 28, kDarkWood, 0.25);
  canvas.rect(x, y - 70, width, 150, dark);
  int seats = random.whole(2, 3);
  for (int i = 0; i < seats; ++i) {
    canvas.rect(x + 30 + i * (width - 60) / seats, y - 52, (width - 60) / seats - 6, 90, cloth);
    canvas.rect(x + 30 + i * (width - 60) / seats, y + 40, (width - 60) / seats - 6, 54, mix(cloth, kMoon, 0.12));
  }
  canvas.rect(x, y + 92, width, 60, dark);
  for (double arm : {x - 34, x + width - 8}) canvas.rect(arm, y - 14, 44, 176, cloth);
  Point pillow{x + random.between(0.15, 0.7) * width, y + 30};
  canvas.polygon({{pillow.x, pillow.y - 56}, {pillow.x + 62, pillow.y - 40}, {pillow.x + 48, pillow.y + 16}, {pillow.x - 12, pillow.y + 4}}, random.one_of(kCloths));
  double lamp = random.chance(0.5) ? x - random.between(90, 140) : x + width + random.between(80, 140), shade = y - random.between(190, 260);
  canvas.glow(lamp, shade + 40, 300, kLamp, 0.45);
  canvas.line({lamp, shade}, {lamp, in.floor_y + 60}, 9, kDarkWood);
  canvas.ellipse(lamp, in.floor_y + 60, 44, 10, kDarkWood);
  canvas.polygon({{lamp - 36, shade - 20}, {lamp + 36, shade - 20}, {lamp + 66, shade + 60}, {lamp - 66, shade + 60}}, kLight);
  double rug = random.between(60, 420);
  canvas.polygon({{rug + 60, in.floor_y + 90}, {rug + 420, in.floor_y + 90}, {rug + 500, in.floor_y + 190}, {rug, in.floor_y + 190}}, random.one_of(kCloths), 0.85);
  bowl(canvas, rug + random.between(150, 320), in.floor_y + 130, random.between(28, 44), random.one_of(kCloths));
}

void draw_lane(DemoCanvas& canvas, DemoRandom& random) {
  bool evening = random.chance(0.5);
  canvas.rect(kLeft, kTop, kWide, kHigh, evening ? mix(0x2E4A5C, 0xD9A27A, random.between(0, 0.6)) : mix(0xBFD8E0, kLight, random.between(0, 0.6)));
  double ground = random.between(450, 520);
  for (double x = random.between(-320, -140); x < 1150;) {
    double width = random.between(170, 300), top = random.between(150, 330), peak = top - random.between(50, 120);
    Color wall = mix(random.one_of(kWalls), evening ? kNight : kMoon, random.between(0.1, 0.45));
    canvas.rect(x, top, width, ground - top + 20, wall);
    canvas.polygon({{x - 24, top + 8}, {x + width * random.between(0.25, 0.75), peak}, {x + width + 24, top + 8}}, evening ? 0x26383C : 0x56666A);
    for (int i = 0, count = random.whole(1, 3); i < count; ++i) {
      double left = x + 20 + i * width / 3, up = top + random.between(30, 70);
      bool lit = evening ? random.chance(0.7) : random.chance(0.1);
      canvas.rect(left - 5, up - 5, 56, 66, kDarkWood);
      canvas.rect(left, up, 46, 56, lit ? kLamp : mix(wall, kNight, 0.5));
      canvas.rect(left + 20, up, 5, 56, kDarkWood);
    }
    canvas.rect(x + width * random.between(0.5, 0.75), ground - random.between(90, 130), 60, 140, random.one_of(std::vector<Color>{kWood, kQing, kSeal, kDarkWood}));
    x += width + random.between(-10, 120);
  }
  canvas.rect(kLeft, ground, kWide, 800, evening ? 0x5A5F58 : 0x9A9484);
  double vanish = random.between(250, 710), spread = random.between(300, 600);
  canvas.polygon({{vanish - 50, ground}, {vanish + 50, ground}, {vanish + spread, 900}, {vanish - spread, 900}}, evening ? 0x747468 : 0xB8B0A0);
  double post = random.between(120, 840), head = random.between(120, 220);
  canvas.rect(post - 6, head, 12, ground - head + 50, kDarkWood);
  if (evening) canvas.glow(post + 40, head + 10, 260, kLamp, 0.5);
  canvas.line({post, head}, {post + 50, head - 10}, 8, kDarkWood);
  canvas.ellipse(post + 52, head, 22, 12, kLamp);
  canvas.line({kLeft, random.between(40, 140)}, {kLeft + kWide, random.between(20, 160)}, 3, kDarkWood);
  if (random.chance(0.6)) plant(canvas, random, random.between(60, 900), ground + random.between(40, 100), random.between(70, 130));
}

constexpr DemoScene kScenes[] = {
    {"desk", draw_desk},       {"window", draw_window}, {"door", draw_door},     {"courtyard", draw_courtyard}, {"bookshelf", draw_bookshelf},
    {"kitchen", draw_kitchen}, {"stairs", draw_stairs}, {"balcony", draw_balcony}, {"sofa", draw_sofa},         {"lane", draw_lane},
};

}  // namespace

std::span<const DemoScene> demo_scenes() { return kScenes; }

}  // namespace shide::workflow
