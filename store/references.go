package store

import (
	"context"
	"encoding/json"

	"github.com/gtnum/gtnum/model"
)

// refer notes which outputs some items refer to. They can be looked up when
// all outputs are there.
func (p *part) refer(ctx context.Context, items []*item) error {
	var rows []any
	for _, it := range items {
		for _, ref := range it.references {
			place, err := json.Marshal(ref)
			if err != nil {
				return err
			}
			p.refs++
			rows = append(rows, p.refs, ref.Target, string(place))
		}
	}
	_, err := p.insert(ctx, "INSERT INTO refs (n, target, place)", 3, "", rows)
	return err
}

// refuse notes an item that has problems of its own: who refers to it has not.
func (p *part) refuse(ctx context.Context, it *item) error {
	p.problems.add(it.err)
	if it.id == "" {
		return nil
	}
	return p.exec(ctx, "INSERT INTO seen (id, batch) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", it.id, p.batches)
}

// dangling adds the problems of references to what is not there, in the order
// of their files.
func (im *importer) dangling(ctx context.Context) error {
	if im.refs == 0 {
		return nil
	}
	known := ""
	if im.problems.list != nil { // what was refused is not among the records
		known = " AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.id = refs.target)"
	}
	var list []model.Reference
	rows, err := im.query(ctx, "SELECT place FROM refs WHERE NOT EXISTS (SELECT 1 FROM records r WHERE r.id = refs.target AND r.standing <> 2)"+known+" ORDER BY n")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var place string
		var ref model.Reference
		if err := rows.Scan(&place); err != nil {
			return im.s.explain(err)
		}
		if len(list) == maxProblems {
			im.problems.more++
			continue
		}
		if err := json.Unmarshal([]byte(place), &ref); err != nil {
			return err
		}
		list = append(list, ref)
	}
	if err := rows.Err(); err != nil {
		return im.s.explain(err)
	}
	rows.Close()
	for i, ref := range list {
		var near []string
		if i < 100 {
			if near, err = im.near(ctx, ref.Target); err != nil {
				return err
			}
		}
		im.problems.add(&model.LoadError{Problems: []model.Problem{ref.Dangling(near)}})
	}
	return nil
}

// near returns ids beside one, in the order of the alphabet, of which one may
// be meant.
func (im *importer) near(ctx context.Context, id string) (ids []string, err error) {
	for _, side := range []string{"> ? ORDER BY id", "< ? ORDER BY id DESC"} {
		rows, err := im.query(ctx, "SELECT id FROM records WHERE standing <> 2 AND id "+side+" LIMIT 32", id)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var near string
			if err := rows.Scan(&near); err != nil {
				return nil, im.s.explain(err)
			}
			ids = append(ids, near)
		}
		if err := rows.Err(); err != nil {
			return nil, im.s.explain(err)
		}
	}
	return ids, nil
}
