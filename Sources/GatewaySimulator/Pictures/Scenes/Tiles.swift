/// A quilt of circles, arcs and triangles.
struct Tiles: Scene {
  private struct Tile {
    var kind: Int
    var turn: Int
    var ground: Tone
    var figure: Tone
    var accent: Tone
  }

  private let frame: Frame
  private let across: Int
  private let side: Float
  private let tiles: [Tile]

  init(_ brief: inout Brief) {
    frame = brief.frame
    let count = brief.plan.integer(4...7)
    side = 1 / Float(count)
    across = Int((frame.width / side).rounded(.up))
    let down = Int((frame.height / side).rounded(.up))
    let kinds = (0..<4).map { _ in brief.plan.integer(0...6) }
    let tones = [0.04, 0.25, 0.5, 0.75, 0.98].map { brief.palette(Float($0)) }
    tiles = (0..<across * down).map { _ in
      let ground = brief.whim.integer(0...4)
      let figure = (ground + brief.whim.integer(1...4)) % 5
      return Tile(
        kind: kinds[brief.whim.integer(0...3)], turn: brief.whim.integer(0...3),
        ground: tones[ground], figure: tones[figure],
        accent: tones[(figure + brief.whim.integer(1...3)) % 5])
    }
  }

  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    let y = frame.unit(row) / side
    let line = Int(y)
    let v = y - Float(line)
    let sharpness = side * frame.scale
    for column in pixels.indices {
      let x = frame.unit(column) / side
      let place = Int(x)
      let tile = tiles[min(line * across + place, tiles.count - 1)]
      let u = x - Float(place)
      let (p, q) =
        switch tile.turn {
        case 0: (u, v)
        case 1: (1 - v, u)
        case 2: (1 - u, 1 - v)
        default: (v, 1 - u)
        }
      pixels[column] = Self.tone(tile, p, q, sharpness)
    }
  }

  /// A tile's colour at a place in 0…1; `sharpness` is its side in pixels.
  @inline(__always)
  private static func tone(_ tile: Tile, _ p: Float, _ q: Float, _ sharpness: Float) -> Tone {
    func edge(_ distance: Float) -> Float { clamped(distance * sharpness + 0.5) }
    let corner = (p * p + q * q).squareRoot()
    let middle = ((p - 0.5) * (p - 0.5) + (q - 0.5) * (q - 0.5)).squareRoot()
    switch tile.kind {
    case 0: return tile.ground.mixed(with: tile.figure, edge(1 - corner))
    case 1:
      let outer = tile.ground.mixed(with: tile.figure, edge(0.42 - middle))
      return outer.mixed(with: tile.accent, edge(0.2 - middle))
    case 2: return tile.ground.mixed(with: tile.figure, edge((1 - p - q) * 0.707))
    case 3:
      let dx = p - 0.5
      let arch = (dx * dx + q * q).squareRoot()
      let outer = tile.ground.mixed(with: tile.figure, edge(0.5 - arch))
      return outer.mixed(with: tile.accent, edge(0.25 - arch))
    case 4:
      let rings = abs(corner * 4 - (corner * 4).rounded()) / 4
      return tile.ground.mixed(with: tile.figure, edge(0.06 - rings) * edge(1 - corner))
    case 5: return tile.ground.mixed(with: tile.figure, edge(0.25 - abs(p - 0.5)))
    default:
      let leaf = max(corner, ((1 - p) * (1 - p) + (1 - q) * (1 - q)).squareRoot())
      return tile.ground.mixed(with: tile.figure, edge(1 - leaf))
    }
  }
}
