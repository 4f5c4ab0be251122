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

  /// The script that the arguments ask for.
  init?(asked arguments: [String]) {
    guard let place = arguments.firstIndex(where: { $0.hasPrefix(Self.option) }) else { return nil }
    let argument = arguments[place]
    let name =
      argument == Self.option
      ? arguments.dropFirst(place + 1).first : String(argument.dropFirst(Self.option.count + 1))
    guard let shell = CompletionScript(rawValue: name ?? "") else { return nil }
    self = shell
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
