/// Why a request must not be sent, and which values the model accepts.
public enum RequestError: Error, Equatable, Sendable {
  case emptyPrompt
  /// A NUL in the prompt, which ends the text for many programs.
  case nulInPrompt
  /// Empty, or with control characters in it.
  case badModel
  /// The service names models `owner/name`.
  case modelNotQualified(String, example: String)
  /// The text is neither `WxH` nor a preset.
  case sizeNotRead(String, allowed: SizeRule)
  case sizeNotAllowed(ImageSize, model: String?, allowed: SizeRule)
  case seedOutOfRange(Int, allowed: ClosedRange<Int>)
  /// The seed that another tool recorded for an image, in digits. It may not fit into an `Int`.
  case recordedSeedOutOfRange(String, allowed: ClosedRange<Int>)
  case guidanceOutOfRange(Double, model: String?, allowed: ClosedRange<Double>)
  case guidanceNotAccepted(model: String?)
  /// Infinite or not a number, which JSON cannot represent.
  case guidanceNotFinite
  case unknownResponseFormat(String, allowed: [ResponseFormat])
  /// A text instead of a number or a truth value.
  case badValue(field: RequestField)
  case unknownField(String)
  /// The service needs a model's name.
  case modelRequired(example: String)
  /// The model refuses a request that has this parameter.
  case fieldNotAccepted(RequestParameter, model: String?)
  /// A value that is not in the list for this model.
  case valueNotAllowed(RequestParameter, String, model: String?, allowed: [String])
  case referenceCount(Int, model: String?, allowed: ClosedRange<Int>)
  case referenceTooLarge(position: Int, bytes: Int64, allowed: Int64)
  case referenceTooManyPixels(position: Int, ImageSize, allowed: Int)
  case referenceTooSmall(position: Int, ImageSize, smallestSide: Int)
  /// The endpoint takes only links, and the image is a local file.
  case referenceMustBeLink(position: Int, model: String?)
  case groupOutOfRange(Int, model: String?, allowed: ClosedRange<Int>)
  /// Recorded bytes that are not a JSON object with a prompt.
  case notARequest
}

/// A warning about a request that can be sent.
public enum RequestWarning: Equatable, Sendable {
  /// The model is not in the table, so its parameters were not checked.
  case unknownModel(String)
  /// The service ignores the parameter, so it was left out.
  case fieldLeftOut(RequestParameter, model: String?)
  /// The service has withdrawn the model or will do so.
  case retiredModel(String, reason: String)
}

/// Parameters that are not fields of every service's requests.
public enum RequestParameter: String, Sendable {
  case model
  case seed
  case guidanceScale = "guidance_scale"
  case size
  case watermark
  case responseFormat = "response_format"
  case outputFormat = "output_format"
  case promptMode = "optimize_prompt"
  case group
  case references
}

/// The fields of a request, named and ordered as on the gateway's page.
public enum RequestField: String, CaseIterable, Sendable {
  case prompt
  case model
  case responseFormat = "response_format"
  case size
  case seed
  case guidanceScale = "guidance_scale"
  case watermark
}
