import FilePaths

/// The scripts that shells load.
///
/// They only pass on the words. `CompletionEngine` decides what to offer, for all shells.
///
/// The first line of the engine's answer says what else the shell offers: `words`, `files` or `folders`.
enum CompletionScript: String, CaseIterable, Sendable {
  case bash, zsh, fish

  static let option = "--generate-completion-script"
  /// The option that asks for candidates.
  ///
  /// It has three dashes, because it is not for users and help does not list it.
  static let request = "---complete"

  /// The script that the arguments ask for; nil if they do not ask for a script.
  ///
  /// The parser has scripts too. They must not be printed, because they run the names of sources, such as
  /// `tags`, as commands.
  ///
  /// - Parameter shell: the path of the user's shell, for arguments that do not name one.
  /// - Throws: `Failure` of status 64 for a shell that has no script.
  init?(asked arguments: [String], shell: String?) throws {
    let words = arguments.prefix { $0 != "--" }
    let isOption = { (word: String) in word == Self.option || word.hasPrefix(Self.option + "=") }
    guard let place = words.firstIndex(where: isOption) else { return nil }
    let named =
      words[place] == Self.option
      ? words.dropFirst(place + 1).first : String(words[place].dropFirst(Self.option.count + 1))
    let name = named ?? shell.map { Path.typed($0).name.text } ?? ""
    guard let script = CompletionScript(rawValue: name) else {
      throw Failure(
        .usage,
        name.isEmpty
          ? "\(Self.option) needs the name of a shell"
          : "no completion script for the shell '\(name)'",
        hint: "type `seedbank \(Self.option) bash`, or zsh or fish instead of bash")
    }
    self = script
  }

  var text: String {
    switch self {
    case .bash:
      """
      # Completion of seedbank for bash.
      _seedbank() {
        local IFS=$'\\n' kind
        local -a answer
        answer=($("${COMP_WORDS[0]}" \(Self.request) bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null))
        kind=${answer[0]}
        COMPREPLY=("${answer[@]:1}")
        case $kind in
          files) compopt -o filenames; COMPREPLY+=($(compgen -f -- "$2")) ;;
          folders) compopt -o filenames; COMPREPLY+=($(compgen -d -- "$2")) ;;
        esac
        case ${COMPREPLY[0]} in *[:=]) compopt -o nospace ;; esac
      }
      complete -F _seedbank seedbank

      """
    case .zsh:
      """
      #compdef seedbank
      # Completion of seedbank for zsh.
      _seedbank() {
        local kind
        local -a answer open closed
        answer=("${(@f)$("$words[1]" \(Self.request) zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
        kind=$answer[1]
        shift answer
        open=(${(M)answer:#*[:=]})
        closed=(${answer:#*[:=]})
        (( $#open )) && compadd -U -S '' -a open
        (( $#closed )) && compadd -U -a closed
        case $kind in
          files) _files ;;
          folders) _files -/ ;;
        esac
      }
      if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
        _seedbank "$@"
      else
        compdef _seedbank seedbank
      fi

      """
    case .fish:
      """
      # Completion of seedbank for fish.
      function __seedbank_complete
        set -l words (commandline -opc)
        set -l answer ($words[1] \(Self.request) fish $words[2..-1] (commandline -ct) 2>/dev/null)
        switch "$answer[1]"
          case files
            __fish_complete_path (commandline -ct)
          case folders
            __fish_complete_directories (commandline -ct) ''
        end
        printf '%s\\n' $answer[2..-1]
      end
      complete -c seedbank -f -a '(__seedbank_complete)'

      """
    }
  }
}
