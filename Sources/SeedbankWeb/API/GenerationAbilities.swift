import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The requests that a client may send to image services.
public struct GenerationAbilities: Sendable, Equatable {
  /// A model with the values that it accepts.
  public struct Model: Sendable, Equatable {
    /// The name of the model.
    public var name: String
    /// Such as `1024x1024`; empty if any size is accepted.
    public var sizes: [String]
    /// Whether a request can set the seed.
    public var takesSeed: Bool
    /// The smallest and the largest value; nil if the model does not accept it.
    public var guidance: ClosedRange<Double>?

    /// Makes the description of a model.
    public init(name: String, sizes: [String], takesSeed: Bool, guidance: ClosedRange<Double>?) {
      self.name = name
      self.sizes = sizes
      self.takesSeed = takesSeed
      self.guidance = guidance
    }
  }

  /// The models that can be chosen.
  public var models: [Model]
  /// The model that is used if a request names none.
  public var defaultModel: String?
  /// The number of images that may still be requested: until the server stops, and today if the library has a
  /// budget.
  public var budget: Int
  /// Why recorded requests are not being sent, and what to do; nil if they are, or if there are none.
  public var notice: String?

  /// Makes the description of what can be generated.
  public init(models: [Model], defaultModel: String?, budget: Int, notice: String?) {
    self.models = models
    self.defaultModel = defaultModel
    self.budget = budget
    self.notice = notice
  }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.key("models")
      object.array { array in
        for model in models {
          array.object { member in
            member.member("name", model.name)
            member.key("sizes")
            member.array { sizes in
              for size in model.sizes { sizes.value(size) }
            }
            member.member("takes_seed", model.takesSeed)
            member.key("guidance_scale")
            if let guidance = model.guidance {
              member.array {
                $0.value(guidance.lowerBound)
                $0.value(guidance.upperBound)
              }
            } else {
              member.null()
            }
          }
        }
      }
      object.member("default_model", defaultModel)
      object.member("budget", budget)
      object.member("notice", notice)
    }
  }
}
