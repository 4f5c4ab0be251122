// The rooms of this module are laid by the commits that follow.
