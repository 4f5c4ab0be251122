/// Signed provenance (C2PA 2.1): only the maker of an image is read from it, by its plain text.
///
/// Signatures are not checked, so it is a hint and no proof.
enum ContentCredentials {
  /// Names of generators as they stand in manifests, the most particular first.
  private static let makers: [(mark: String, maker: String)] = [
    ("DALL·E", "dall-e"), ("DALL-E", "dall-e"), ("ChatGPT", "chatgpt"), ("GPT-4o", "chatgpt"),
    ("OpenAI", "openai"), ("Adobe Firefly", "firefly"), ("Adobe_Firefly", "firefly"),
    ("Firefly", "firefly"), ("Bing Image Creator", "bing"), ("Microsoft_Responsible_AI", "bing"),
    ("Google C2PA", "google"), ("Google LLC", "google"), ("Stability AI", "stability"),
  ]
  /// Manifests name the generator near their start; in bytes.
  private static let searched = 1 << 18

  /// The maker that a manifest names; nil when it says nothing of generative AI.
  static func maker(in manifest: UnsafeRawBufferPointer) -> String? {
    let part = UnsafeRawBufferPointer(rebasing: manifest.prefix(searched))
    // `trainedAlgorithmicMedia` and `compositeWithTrainedAlgorithmicMedia`; not a camera's capture.
    guard part.firstIndex(ofASCII: "rainedAlgorithmicMedia") != nil else { return nil }
    return makers.first { part.firstIndex(ofASCII: $0.mark) != nil }?.maker
  }
}
