// Package interop finds and runs the programs of others that the interop tests need: what .ci/install installed, the
// checkers and schemas beside the checkout. What is missing fails the test, with a sentence that says what to do.
//
//	//go:build interop
//
//	func TestInteropSchema(t *testing.T) {
//		interop.Run(t, interop.Tool(t, "check-oai-xsd"), "testdata/identify.xml")
//	}
//
// Such tests carry the build tag interop, their names begin with TestInterop, and they stand in the package they test.
package interop
