// Package oaitest tests what the package oaipmh is built on and what it
// builds.
//
// [Run] tests a [oaipmh.Repository] that an embedder wrote, in the manner of
// testing/fstest; [RunChanges] puts one under random changes while harvesters
// walk it, and proves that they end with exactly its state:
//
//	func TestRepository(t *testing.T) {
//		oaitest.Run(t, func() oaipmh.Repository[Book] { return openTestStore(t) })
//	}
//
// [Check] examines any OAI-PMH address from outside, and says of each finding
// which clause of the specification it is about.
package oaitest
