module github.com/gtnum/gtnum

go 1.26
