
/// Windows line ends
layer A = [
	relu, // tab
]
