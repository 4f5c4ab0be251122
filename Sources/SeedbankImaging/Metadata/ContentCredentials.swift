/// Content Credentials (C2PA 2.1).
///
/// Only the name of the generator is read, from the plain text.
///
/// Signatures are not checked, so it is not a proof.
enum ContentCredentials {
  /// Names of generators in manifests, the most specific first.
  private static let makers: [(mark: String, maker: String)] = [
    ("DALL·E", "dall-e"), ("DALL-E", "dall-e"), ("ChatGPT", "chatgpt"), ("GPT-4o", "chatgpt"),
    ("OpenAI", "openai"), ("Adobe Firefly", "firefly"), ("Adobe_Firefly", "firefly"),
    ("Firefly", "firefly"), ("Bing Image Creator", "bing"), ("Microsoft_Responsible_AI", "bing"),
    ("Google C2PA", "google"), ("Google LLC", "google"), ("Stability AI", "stability"),
  ]
  /// The number of bytes that are searched.
  ///
  /// Manifests name the generator near their start.
  private static let searched = 1 << 18

  /// The generator in a manifest; nil without generative AI.
  static func maker(in manifest: UnsafeRawBufferPointer) -> String? {
    let part = UnsafeRawBufferPointer(rebasing: manifest.prefix(searched))
    // `trainedAlgorithmicMedia` and `compositeWithTrainedAlgorithmicMedia`, but not images of cameras.
    guard part.firstIndex(ofASCII: "rainedAlgorithmicMedia") != nil else { return nil }
    return makers.first { part.firstIndex(ofASCII: $0.mark) != nil }?.maker
  }
}
