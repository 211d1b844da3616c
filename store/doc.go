// Package store keeps catalogues in a database: a SQLite file, or PostgreSQL
// where one machine is not enough. It remembers which record changed when and
// what was withdrawn, so that each harvester can ask for what is new to it.
//
//	s, err := store.Open(ctx, "catalogue.db", store.Options{Create: true})
//	if err != nil {
//		return err
//	}
//	defer s.Close()
//	file, err := model.OpenStream("catalogue.json")
//	if err != nil {
//		return err
//	}
//	defer file.Close()
//	report, err := s.Import(ctx, store.ImportOptions{}, file)
//
// A [Store] is an oaipmh.Repository of model records; [Store.Source] is it as
// a dcat.Source. Any number of processes may serve a store while another
// imports into it.
package store
