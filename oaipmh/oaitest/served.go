package oaitest

func (s *suite[R]) checkServed() (p problems) { return nil }
