// Who the tests play, and what they write. Call-signs are stars.
export const answers = {
	why: 'I use Django every day and would like to give something back.\n'
		+ 'A first pull request frightens me less in company.',
	experience: 'Two years of small sites, one ticket read, none touched yet.',
	hopes: 'To know how a ticket becomes a commit, and whom to ask.',
};

export function applicantValues(name, email, more = {}) {
	return { name, email, ...answers, ...more };
}

// Free on Monday and Thursday evening.
export const hours = {
	hours_0_from: ['18:00'], hours_0_to: ['21:00'],
	hours_3_from: ['17:30'], hours_3_to: ['20:00'],
};

let serial = 0;
export function freshAddress(word = 'person') {
	serial += 1;
	return `${word}-${process.pid}-${serial}@example.org`;
}
