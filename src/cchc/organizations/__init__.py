"""Who there is: units through their mergers, officials and their postings, roles, delegations, rights."""
